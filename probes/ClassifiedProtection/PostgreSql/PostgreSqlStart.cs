using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Settings a PostgreSQL is started with, which go before its files, and the folder it is started in.</summary>
internal sealed partial class PostgreSqlStart
{
    private static readonly StartedServer Server = new("PostgreSQL", ["postgres", "postmaster", "pg_ctl", "pg_ctlcluster"], Units(), [], []);

    /// <summary>Null where none is named.</summary>
    public string? Folder { get; private set; }

    public List<(string Name, string Value, ConfigLine Line)> Settings { get; } = [];

    /// <summary>Of the units.</summary>
    /// <exception cref="UnableException">A start is not understood.</exception>
    public static IReadOnlyList<PostgreSqlStart> Of(HostSnapshot snapshot) => [.. ServiceStart.Of(snapshot, Server).Where(s => s.Program.Length > 0).Select(s => new PostgreSqlStart().With(s))];

    /// <summary>What Debian's tools add for one cluster; the folder is that of its configuration.</summary>
    /// <exception cref="UnableException">It is not understood.</exception>
    public static PostgreSqlStart OfDebian(HostSnapshot snapshot, string folder)
    {
        var start = new PostgreSqlStart { Folder = folder };
        foreach (var name in new[] { "pg_ctl.conf", "environment" })
        {
            var path = $"{folder}/{name}";
            foreach (var line in snapshot.Lines(path) ?? [])
            {
                switch (PostgreSqlWords.Split(line))
                {
                    case ("pg_ctl_options", var options):
                        start.Control([.. ServiceStart.Quoted(options).Select(w => new StartWord(w, line))]);
                        break;
                    case ({ } key, _) when name == "pg_ctl.conf" || key.StartsWith("pg", StringComparison.Ordinal):
                        throw Odd(line, key);
                }
            }
        }

        return start;
    }

    private PostgreSqlStart With(ServiceStart start)
    {
        Folder = start.Variable("PGDATA")?.Text.TrimEnd('/');
        switch (start.Program)
        {
            case "pg_ctl":
                Control(start.Words);
                break;
            case "pg_ctlcluster":
                if (start.Words.FirstOrDefault(w => w.Text is ['-', ..] and not "--skip-systemctl-redirect") is { } odd)
                {
                    throw Odd(odd.Line, odd.Text);
                }

                break;
            default:
                Options(start.Words);
                break;
        }

        return this;
    }

    private void Control(IReadOnlyList<StartWord> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            switch (words[i].Text)
            {
                case "start" or "-s" or "-w" or "-W" or "--silent" or "--wait" or "--no-wait" or "-c":
                    break;
                case "-t" or "-l" or "-m" when i + 1 < words.Count:
                    i++;
                    break;
                case "-D" when i + 1 < words.Count:
                    Folder = words[++i].Text.TrimEnd('/');
                    break;
                case "-o" when i + 1 < words.Count:
                    var line = words[++i].Line;
                    Options([.. ServiceStart.Quoted(words[i].Text).Select(w => new StartWord(w, line))]);
                    break;
                default:
                    throw Odd(words[i].Line, words[i].Text);
            }
        }
    }

    private void Options(IReadOnlyList<StartWord> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var (text, line) = words[i];
            if (text is ['-', '-', _, ..])
            {
                Named(text[2..], line);
                continue;
            }

            if (text is not ['-', var letter, ..] || !"cDpkNBSh".Contains(letter, StringComparison.Ordinal))
            {
                throw Odd(line, text);
            }

            var value = text.Length > 2 ? text[2..] : i + 1 < words.Count ? words[++i].Text : throw Odd(line, text);
            switch (letter)
            {
                case 'c':
                    Named(value, line);
                    break;
                case 'D':
                    Folder = value.TrimEnd('/');
                    break;
                case 'p':
                    Settings.Add(("port", value, line));
                    break;
            }
        }
    }

    private void Named(string text, ConfigLine line)
    {
        var at = text.Contains(Kept.Mark, StringComparison.Ordinal) ? -1 : text.IndexOf('=', StringComparison.Ordinal);
        Settings.Add(at > 0 ? (text[..at].Replace('-', '_').ToLowerInvariant(), text[(at + 1)..], line) : throw Odd(line, text));
    }

    private static UnableException Odd(ConfigLine line, string what) => new(FailureKind.BadInput, $"{line.Place} PostgreSQL 的启动参数读不懂：{(what.Length > 60 ? what[..60] : what)}");

    /// <summary>A cluster has its version or name behind it; a program that watches it is another.</summary>
    [GeneratedRegex("^(postgresql|postgres)(@.*|-(?!exporter).*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Units();
}
