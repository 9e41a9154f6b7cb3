from django.urls import path

from goals.reports import views

urlpatterns = [
    path("", views.reports, name="reports"),
    path("<slug:slug>/", views.report, name="report"),
    path("<slug:slug>/sachstandsbericht.pdf", views.report_pdf, name="report_pdf"),
    path("<slug:slug>/sachstandsbericht.docx", views.report_docx, name="report_docx"),
]
