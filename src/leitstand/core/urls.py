"""Addresses of the ground floor."""

from django.urls import path

from leitstand.core.views import company, diary, duties, jobs, joining, notifications, people, profile, sign_in_help

app_name = "core"
urlpatterns = [
    path("join/<str:token>/", joining.join, name="join"),
    path("profile/", profile.profile, name="profile"),
    path("profile/alarms/", profile.alarm_addresses, name="alarms"),
    path("profile/alarms/test/", profile.alarm_test, name="alarm-test"),
    path("people/", people.listing, name="people"),
    path("people/invitations/", people.invite, name="invite"),
    path("people/invitations/<int:invitation_id>/revocation/", people.revoke, name="revoke"),
    path("people/<int:person_id>/roles/", people.roles, name="roles"),
    path("people/<int:person_id>/closing/", people.leave, name="leave"),
    path("people/<int:person_id>/opening/", people.come_back, name="come-back"),
    path("people/<int:person_id>/password/", sign_in_help.password, name="help-password"),
    path("people/<int:person_id>/second-factor/", sign_in_help.second_factor, name="help-second-factor"),
    path("company/", company.company, name="company"),
    path("company/hours/", company.hours, name="hours"),
    path("duties/vacant/", duties.take_vacant, name="take-vacant"),
    path("duties/<str:code>/", duties.assign, name="duty"),
    path("diary/", diary.listing, name="diary"),
    path("diary/chain/", diary.chain_state, name="chain"),
    path("diary/export.csv", diary.export, name="diary-export"),
    path("jobs/", jobs.listing, name="jobs"),
    path("jobs/<int:job_id>/retry/", jobs.try_again, name="try-again"),
    path("jobs/<int:job_id>/dismissal/", jobs.dismiss, name="dismiss"),
    path("notifications/", notifications.listing, name="notifications"),
    path("notifications/bell/", notifications.bell, name="bell"),
    path("notifications/read/", notifications.all_read, name="all-read"),
    path("notifications/<int:notification_id>/read/", notifications.read, name="read"),
]
