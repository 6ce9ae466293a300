using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What a MySQL or MariaDB is started with.</summary>
/// <param name="Files">Files instead of the usual ones; null for those.</param>
/// <param name="Options">As lines of a group.</param>
internal sealed partial record MySqlStart(IReadOnlyList<string>? Files, IReadOnlyList<StartWord> Options)
{
    private static readonly StartedServer Server = new("MySQL", ["mysqld", "mariadbd", "mysqld_safe", "mariadbd-safe"], Units(), ["/etc/default/mysql", "/etc/default/mariadb", "/etc/sysconfig/mysql", "/etc/sysconfig/mysqld", "/etc/sysconfig/mariadb"], ["MYSQLD_OPTS"]);

    /// <summary>Options of one letter, each with a value.</summary>
    private static readonly Dictionary<char, string> Letters = new() { ['u'] = "user", ['P'] = "port", ['h'] = "datadir", ['b'] = "basedir", ['t'] = "tmpdir" };

    /// <exception cref="UnableException">A start is not understood, or two of them differ.</exception>
    public static MySqlStart Of(HostSnapshot snapshot)
    {
        var starts = ServiceStart.Of(snapshot, Server).Select(One).ToList();
        return starts.TrueForAll(s => s.Said == starts[0].Said) ? starts[0] : throw new UnableException(FailureKind.BadInput, "MySQL 的几个 systemd 单元启动参数不同，不知道用的是哪一个");
    }

    private string Said => string.Join('\n', (Files ?? []).Concat(Options.Select(o => o.Text)));

    private static MySqlStart One(ServiceStart start)
    {
        var (files, more, options) = (default(List<string>), new List<string>(), new List<StartWord>());
        for (var i = 0; i < start.Words.Count; i++)
        {
            var (text, line) = start.Words[i];
            if (text is ['-', _, ..] && Letters.TryGetValue(text[1], out var name))
            {
                var given = text.Length > 2 ? text[2..] : i + 1 < start.Words.Count ? start.Words[++i].Text : throw start.Odd(line, text);
                options.Add(new StartWord($"{name}={given}", line));
                continue;
            }

            if (text is not ['-', '-', _, ..])
            {
                throw start.Odd(line, text);
            }

            var pair = text[2..].Split('=', 2);
            switch (pair[0].Replace('_', '-'))
            {
                case "defaults-file" when pair.Length > 1:
                    files = [pair[1]];
                    break;
                case "no-defaults" or "defaults-group-suffix":
                    throw start.Odd(line, text);
                case "defaults-extra-file" when pair.Length > 1:
                    more.Add(pair[1]);
                    break;
                default:
                    // A value may stand behind the name as a word of its own.
                    var value = pair.Length == 1 && i + 1 < start.Words.Count && start.Words[i + 1].Text is [not '-', ..] ? $"={start.Words[++i].Text}" : "";
                    options.Add(new StartWord(text[2..] + value, line));
                    break;
            }
        }

        return more.Count == 0 ? new MySqlStart(files, options) : throw start.Odd(start.Words[0].Line, $"--defaults-extra-file={more[0]}");
    }

    [GeneratedRegex("^(mysql|mysqld|mariadb|mariadbd)(@.*)?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Units();
}
