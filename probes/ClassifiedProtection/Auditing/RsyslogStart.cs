namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What rsyslogd is started with (rsyslogd(8)).</summary>
internal static class RsyslogStart
{
    private const string Main = "/etc/rsyslog.conf";

    /// <summary>The configuration file, and what is not understood: where there is any, nothing is sure.</summary>
    public static (string Main, IReadOnlyList<Sighting> Doubts) Of(HostSnapshot snapshot)
    {
        var (words, faults) = DaemonStart.Of(snapshot, "rsyslog.service").Start();
        var (main, doubts) = (Main, faults.ToList());
        if (words.Count > 0 && !words[0].Word.EndsWith("/rsyslogd", StringComparison.Ordinal))
        {
            doubts.Add(new Sighting("rsyslog.service 启动的不是 rsyslogd", words[0].Line.Place));
        }

        for (var i = 1; i < words.Count; i++)
        {
            var (word, line) = words[i];
            var isAlone = word is "-f" or "-i";
            if (isAlone && i + 1 < words.Count)
            {
                i++;
            }

            if (word.StartsWith("-f", StringComparison.Ordinal))
            {
                main = isAlone ? words[i].Word : word[2..];
            }
            else if (word is not ("-n" or "-4" or "-6" or "-x" or "-C" or "-q" or "-Q") && !word.StartsWith("-i", StringComparison.Ordinal))
            {
                doubts.Add(new Sighting($"rsyslogd 的启动参数读不懂：{(word.Length > 60 ? word[..60] : word)}", line.Place));
            }
        }

        return (main, doubts);
    }
}
