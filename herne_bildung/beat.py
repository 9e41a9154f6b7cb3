"""What Celery beat starts, and when (Europe/Berlin): the one table of it.

Each task is safe to run twice, at the same time, or after a crash.
"""

from celery.schedules import crontab

BEAT_SCHEDULE = {
    "send waiting mails": {
        "task": "herne_bildung.freshness.tasks.send_waiting_mails",
        "schedule": 60.0,
    },
    "clean up sent mails": {
        "task": "herne_bildung.freshness.tasks.remove_old_mails",
        "schedule": crontab(hour=3, minute=10),
    },
    "take over changed entries": {
        "task": "herne_bildung.freshness.tasks.follow_changes",
        "schedule": 300.0,
    },
    "take over all entries": {
        "task": "herne_bildung.freshness.tasks.take_over_all",
        "schedule": crontab(hour=2, minute=30),
    },
    # Again after an hour and two: what a run that broke off left, the next one does.
    "ask for what is due": {
        "task": "herne_bildung.freshness.tasks.take_steps",
        "schedule": crontab(hour="6-8", minute=30, day_of_week="mon-fri"),
    },
    "forget who reported errors": {
        "task": "herne_bildung.freshness.tasks.forget_reporters",
        "schedule": crontab(hour=3, minute=50),
    },
    # Again after an hour, as above; nobody gets two mails on a day.
    "tell what is new to who follows it": {
        "task": "herne_bildung.freshness.tasks.send_news",
        "schedule": crontab(hour="7-8", minute=10),
    },
    "forget who follows no more": {
        "task": "herne_bildung.freshness.tasks.forget_subscriptions",
        "schedule": crontab(hour=3, minute=55),
    },
    "note the links of all entries": {
        "task": "herne_bildung.freshness.tasks.collect_links",
        "schedule": crontab(hour=4, minute=0),
    },
    "check some links": {
        "task": "herne_bildung.freshness.tasks.check_links",
        "schedule": crontab(minute=25),
    },
    "take the figures of the day": {
        "task": "herne_bildung.freshness.tasks.take_figures",
        "schedule": crontab(hour=23, minute=45),
    },
    "remove what is over": {
        "task": "herne_bildung.freshness.tasks.clean_up",
        "schedule": crontab(hour=4, minute=20),
    },
    "compute next dates": {
        "task": "offerings.tasks.compute_next_dates",
        "schedule": 300.0,
    },
    "know dates ahead": {
        "task": "offerings.tasks.look_ahead",
        "schedule": crontab(hour=4, minute=35),
    },
    "follow changes of providers, places and topics": {
        "task": "offerings.tasks.follow_changes",
        "schedule": 300.0,
    },
    "remind of certificates that end": {
        "task": "offerings.tasks.remind_of_certificates",
        "schedule": crontab(hour=6, minute=50),
    },
    "forget offers removed long ago": {
        "task": "offerings.tasks.forget_removed",
        "schedule": crontab(hour=3, minute=30),
    },
    # Woken by the page; this finds what a worker that ended left.
    "make what people print": {
        "task": "offerings.tasks.work_on_prints",
        "schedule": 60.0,
    },
    "remove old prints": {
        "task": "offerings.tasks.remove_old_prints",
        "schedule": crontab(minute=45),
    },
    "forget words that no entry has": {
        "task": "herne_bildung.city.tasks.forget_unused_words",
        "schedule": crontab(hour=3, minute=40),
    },
    "forget the old log": {
        "task": "herne_bildung.city.tasks.forget_old_log",
        "schedule": crontab(hour=3, minute=45),
    },
    "forget old versions of entries": {
        "task": "herne_bildung.city.tasks.forget_old_versions",
        "schedule": crontab(hour=4, minute=50),
    },
    "forget forms nobody saved": {
        "task": "herne_bildung.city.tasks.forget_typed_forms",
        "schedule": crontab(hour=4, minute=5),
    },
    "remove files nobody uses": {
        "task": "herne_bildung.city.tasks.remove_unused_files",
        "schedule": crontab(hour=4, minute=30),
    },
    "forget failed sign-ins": {
        "task": "herne_bildung.portal.tasks.forget_failed_sign_ins",
        "schedule": crontab(hour=3, minute=20),
    },
    "keep counts of searches without result": {
        "task": "herne_bildung.portal.tasks.keep_search_counts",
        "schedule": crontab(minute="*/10"),
    },
    "forget old and rare searches": {
        "task": "herne_bildung.portal.tasks.forget_searches",
        "schedule": crontab(hour=3, minute=25),
    },
    "keep counts of what people look for": {
        "task": "counselling.tasks.keep_concern_counts",
        "schedule": crontab(minute="5-59/10"),
    },
    "forget names of contacts": {
        "task": "counselling.tasks.forget_names",
        "schedule": crontab(hour=0, minute=15),
    },
    "forget names of responsible persons": {
        "task": "goals.tasks.forget_names",
        "schedule": crontab(hour=0, minute=20),
    },
    "publish figures that are due": {
        "task": "monitoring.tasks.publish_due_releases",
        "schedule": 60.0,
    },
    # Woken by each publication; this finds what a worker that ended left.
    "look at figures by the rules of early warnings": {
        "task": "monitoring.tasks.run_warnings",
        "schedule": crontab(hour=5, minute=40),
    },
    # Woken by the page, as imports are.
    "protect tables that wait": {
        "task": "monitoring.tasks.protect_waiting_tables",
        "schedule": 300.0,
    },
    # Woken by the page; this finds what a worker that ended left.
    "work on imports": {
        "task": "herne_bildung.portal.tasks.work_on_imports",
        "schedule": 60.0,
    },
    "remove old imports": {
        "task": "herne_bildung.portal.tasks.clean_up_imports",
        "schedule": crontab(hour=4, minute=40),
    },
    # Woken by the page, as above.
    "work on imports of values": {
        "task": "monitoring.tasks.import_values",
        "schedule": 60.0,
    },
    "remove old files of values": {
        "task": "monitoring.tasks.clean_up_imports",
        "schedule": crontab(minute=35),
    },
    # Both do nothing as long as no source of council papers is entered.
    "fetch council papers": {
        "task": "goals.tasks.fetch_council_papers",
        "schedule": crontab(hour=2, minute=50),
    },
    "go on with imports of council papers": {
        "task": "goals.tasks.import_council_papers",
        "schedule": 300.0,
    },
    "warn of and close unused logins": {
        "task": "herne_bildung.portal.tasks.care_for_dormant_logins",
        "schedule": crontab(hour=5, minute=10),
    },
    "forget old sessions and invitations": {
        "task": "herne_bildung.portal.tasks.forget_old_sessions",
        "schedule": crontab(hour=4, minute=10),
    },
}
