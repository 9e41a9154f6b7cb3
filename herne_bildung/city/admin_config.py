from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """Django's admin with our site, which needs models: it is imported later."""

    default_site = "herne_bildung.city.admin_site.PortalAdminSite"
