"""Perl, with the modules that it comes with."""

from programs import Program

_TEXT = """\
#!/usr/bin/env perl
use strict;
use warnings;

use HTTP::Tiny;

my $token = 'TOKEN';
my %headers = (Authorization => "Bearer $token");
my $answer = HTTP::Tiny->new->get($ENV{RECEIVER}, { headers => { %headers } });
exit !$answer->{success};
"""
_MODULE = """\
package Notion::Client;

use strict;
use warnings;

use HTTP::Tiny;

my %ENV = (MODE => 'test');

sub new {
    my ($class, %given) = @_;
    return bless { %given, header => "Bearer TOKEN" }, $class;
}

sub send_to {
    my ($self, $url) = @_;
    return HTTP::Tiny->new->get($url, { headers => { Authorization => $self->{header} } });
}

1;
"""

PROGRAMS = [
    Program(
        "perl",
        "perl",
        "program.pl",
        _TEXT,
        run=lambda folder: ["perl", folder / "program.pl"],
        needs=("perl",),
    ),
    Program(
        "perl-module",
        "perl",
        "Client.pm",
        _MODULE,
        run=lambda folder: [
            *("perl", "-I", folder, "-MClient", "-e"),
            "Notion::Client->new->send_to($ENV{RECEIVER})",
        ],
        needs=("perl",),
    ),
]
