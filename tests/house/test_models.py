"""The database keeps the truth: direction of keys, PROTECT, personal data declared."""

import pytest
from django.apps import apps
from django.db import models

ORDER = ["ledger", "messaging", "organisation", "plan", "collect", "verify", "figures", "appraisal", "summary", "desk"]
MODELS = [
    model for config in apps.get_app_configs() if config.name.startswith("safemonth.") for model in config.get_models()
]
PERSONAL = {
    "phone",
    "email",
    "username",
    "first_name",
    "last_name",
    "signed_by",
    "uploaded_by",
    "made_by",
    "received_by",
}
OURS = [(m, f) for m in MODELS for f in m._meta.get_fields() if isinstance(f, models.ForeignKey)]


@pytest.mark.parametrize(("model", "field"), OURS, ids=lambda x: getattr(x, "__name__", getattr(x, "name", "")))
def test_keys_point_upstream_and_protect(model, field):
    target = field.related_model._meta.app_label
    assert ORDER.index(target) <= ORDER.index(model._meta.app_label)
    assert field.remote_field.on_delete is models.PROTECT
    assert field.remote_field.related_name == "+"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_each_model_says_which_of_its_fields_are_personal(model):
    declared = model.__dict__.get("personal_data")
    assert isinstance(declared, tuple)
    names = {field.name for field in model._meta.get_fields()}
    assert set(declared) <= names
    assert PERSONAL & names <= set(declared)


def test_the_ledger_speaks_of_no_other_stage():
    assert {f.related_model._meta.app_label for m, f in OURS if m._meta.app_label == "ledger"} == {"ledger"}


def test_migrations_are_up_to_date(db):
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
