import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A submitted report is a document: of its row only what is listed here may change, it
# never becomes a draft again, and neither it nor its files are deleted.
LOCK = """
CREATE FUNCTION goals_keep_submitted_report() RETURNS trigger AS $$
DECLARE
  free text[] := ARRAY[
    'state', 'released_at', 'updated_at', 'made_by_id', 'committee_organisation_id'
  ];
BEGIN
  IF OLD.state = 'draft' THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' OR NEW.state = 'draft'
     OR to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free
  THEN
    RAISE EXCEPTION 'report % is submitted', OLD.id
      USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'report_submitted_stays';
  END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql;

CREATE TRIGGER report_submitted_stays
  BEFORE UPDATE OR DELETE ON goals_report
  FOR EACH ROW EXECUTE FUNCTION goals_keep_submitted_report();

CREATE FUNCTION goals_keep_report_file() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'files of report % stay', OLD.report_id
    USING ERRCODE = 'integrity_constraint_violation',
          CONSTRAINT = 'report_file_stays';
END $$ LANGUAGE plpgsql;

CREATE TRIGGER report_file_stays
  BEFORE UPDATE OR DELETE ON goals_reportfile
  FOR EACH ROW EXECUTE FUNCTION goals_keep_report_file();
"""

UNLOCK = """
DROP TRIGGER report_file_stays ON goals_reportfile;
DROP FUNCTION goals_keep_report_file();
DROP TRIGGER report_submitted_stays ON goals_report;
DROP FUNCTION goals_keep_submitted_report();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("city", "0014_language_of_mails"),
        ("goals", "0005_body_of_conferences"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="created"),
                ),
                (
                    "updated_at",
                    models.DateTimeField(auto_now=True, verbose_name="changed"),
                ),
                ("slug", models.SlugField(editable=False, max_length=60, unique=True)),
                (
                    "committee",
                    models.CharField(max_length=200, verbose_name="committee"),
                ),
                ("day", models.DateField(verbose_name="day of the meeting")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "intro",
                    models.TextField(
                        blank=True,
                        help_text="In German. An empty line begins a new paragraph.",
                        max_length=4000,
                        verbose_name="occasion",
                    ),
                ),
                (
                    "outlook",
                    models.TextField(
                        blank=True,
                        help_text="What comes next, in German. Left out where empty.",
                        max_length=4000,
                        verbose_name="outlook",
                    ),
                ),
                (
                    "costs",
                    models.TextField(
                        blank=True,
                        help_text="In German. Left out where empty.",
                        max_length=2000,
                        verbose_name="financial effects",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "submitted"),
                            ("released", "public"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("snapshot", models.JSONField(editable=False)),
                (
                    "taken_at",
                    models.DateTimeField(
                        editable=False, verbose_name="state of the data"
                    ),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="submitted"
                    ),
                ),
                (
                    "released_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="made public"
                    ),
                ),
                (
                    "committee_organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to="city.organisation",
                        verbose_name="committee in the list of organisations",
                    ),
                ),
                (
                    "goals",
                    models.ManyToManyField(
                        related_name="reports", to="goals.goal", verbose_name="goals"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="goals.period",
                        verbose_name="period",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next_reports",
                        to="goals.report",
                        verbose_name="previous report",
                    ),
                ),
            ],
            options={
                "verbose_name": "report to a committee",
                "verbose_name_plural": "reports to committees",
                "ordering": ["-day", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ReportFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("docx", "DOCX")], max_length=4
                    ),
                ),
                ("content", models.BinaryField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="goals.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a report",
                "verbose_name_plural": "files of reports",
            },
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"), ("submitted_at__isnull", False), _connector="OR"
                ),
                name="report_submitted_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportfile",
            constraint=models.UniqueConstraint(
                fields=("report", "form"), name="report_file_once_a_form"
            ),
        ),
        migrations.RunSQL(LOCK, UNLOCK),
    ]
