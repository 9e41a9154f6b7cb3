"""What pages say of the device someone is signed in with."""

from django import template

from herne_bildung.portal.accounts.devices import device_of

register = template.Library()
register.filter("device", device_of)
