# The pages with no server.

web-serverless = With no server: the program runs in this browser, and works without a network after the first visit.
    .lay = With no server: the program runs in this browser, and works without a network after the first visit.
web-needs-script = This page needs JavaScript, because the program runs in your browser. Turn it on, or ask for a printed sheet.
    .lay = This page needs JavaScript, because the program runs in your browser. Turn it on, or ask for a printed sheet.
