import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import xiaoneng.kernel.ledger.models
import xiaoneng.kernel.ledger.models.ledgered
from xiaoneng.kernel.ledger import guards


def install(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.install(schema_editor.connection)


def lift(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.lift(schema_editor.connection)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Cursor",
            fields=[
                ("name", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("position", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Node",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="Segment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ledger_salt",
                    models.BinaryField(default=xiaoneng.kernel.ledger.models.ledgered.new_salt, max_length=16),
                ),
                ("start", models.BigIntegerField(unique=True)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("public", models.BinaryField(max_length=32, unique=True)),
                ("statement", models.TextField()),
                ("signature", models.BinaryField(max_length=64)),
                ("signature_before", models.BinaryField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("size", models.BigIntegerField()),
                ("ok", models.BooleanField()),
                ("count", models.PositiveIntegerField(default=0)),
                ("findings", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.TextField()),
                ("seal", models.BinaryField(max_length=32)),
                (
                    "kind",
                    models.GeneratedField(
                        db_persist=True,
                        expression=xiaoneng.kernel.ledger.models.JSONText("content", "kind"),
                        output_field=models.CharField(max_length=100, null=True),
                    ),
                ),
                (
                    "subject",
                    models.GeneratedField(
                        db_persist=True,
                        expression=xiaoneng.kernel.ledger.models.JSONText("content", "subject"),
                        output_field=models.CharField(max_length=200, null=True),
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["subject", "id"], name="ledger_event_subject")],
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("root", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
                ("note", models.TextField()),
                ("key", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="ledger.signingkey")),
            ],
        ),
        migrations.CreateModel(
            name="Failure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("retry_at", models.DateTimeField()),
                ("parked", models.BooleanField(default=False)),
                ("error", models.CharField(max_length=500)),
                (
                    "cursor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="failures", to="ledger.cursor"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("cursor", "event"), name="ledger_failure_once")],
            },
        ),
        migrations.CreateModel(
            name="Cosignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("witness", models.CharField(max_length=100)),
                ("public", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
                ("line", models.TextField()),
                (
                    "head",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cosignatures", to="ledger.head"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("head", "public"), name="ledger_cosignature_once")],
            },
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.BinaryField(max_length=32, unique=True)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="leaf", to="ledger.event"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("position__gte", 0)), name="ledger_leaf_position")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="head",
            constraint=models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="ledger_head_size"),
        ),
        migrations.RunPython(install, lift),
    ]
