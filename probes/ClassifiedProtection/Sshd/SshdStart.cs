using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// What sshd is started with: units of systemd with their drop-ins, and the files of variables they name (or, where there are no units, those
/// of the distributions' start scripts). What stands there goes before the file.
/// </summary>
internal sealed partial class SshdStart
{
    private const string Standard = "/etc/ssh/sshd_config";
    private const string WithValue = "CEbcfghkopu";
    private const string WithoutValue = "46DGQRTdeiqrtV";
    private static readonly string[] Units = ["ssh", "sshd", "ssh@", "sshd@"];
    private static readonly StartedServer Server = new("sshd", ["sshd"], Own(), ["/etc/default/ssh", "/etc/sysconfig/sshd"], ["SSHD_OPTS", "OPTIONS"]);
    private readonly StartVariables _variables;

    private SshdStart(HostSnapshot snapshot, EnvironmentBudget budget) => _variables = new StartVariables(snapshot, Server, budget);

    /// <summary>The configuration file.</summary>
    public string Main { get; private set; } = Standard;

    /// <summary>In their order.</summary>
    public List<SshdDirective> Directives { get; } = [];

    /// <summary>Units and files of variables were looked for where they may be; of some copied files nobody knows what was left behind.</summary>
    public static bool IsKnown(HostSnapshot snapshot) => snapshot is not RootSnapshot { IsWhole: false };

    /// <exception cref="UnableException">Something is not understood.</exception>
    public static SshdStart Of(HostSnapshot snapshot)
    {
        var budget = new EnvironmentBudget();
        var starts = Units.Select(u => UnitFiles.Named(snapshot, $"{u}.service", "[Service]", !IsKnown(snapshot))).Where(l => l.Any(t => ServiceStart.Pair(t.Text).Key == "ExecStart"))
            .Select(l => new SshdStart(snapshot, budget).WithUnit(l)).ToList();
        if (starts.Count == 0)
        {
            var script = new SshdStart(snapshot, budget);
            // Who hands in sshd_config alone is told what is wrong in it; that it is right nobody can tell.
            foreach (var file in Server.Scripts.Where(s => IsKnown(snapshot) || snapshot.Find(s).State != FileState.NotCollected))
            {
                script._variables.AddScript(file);
            }

            foreach (var found in Server.Variables.Select(script._variables.Find).OfType<StartWord>())
            {
                script.Options([.. Words(found)]);
            }

            return script;
        }

        return starts.TrueForAll(s => s.Main == starts[0].Main && s.Directives.Select(d => $"{d.Keyword} {d.Value}").SequenceEqual(starts[0].Directives.Select(d => $"{d.Keyword} {d.Value}"), StringComparer.Ordinal))
            ? starts[0]
            : throw new UnableException(FailureKind.BadInput, "sshd 的几个 systemd 单元启动参数不同，不知道用的是哪一个");
    }

    private SshdStart WithUnit(IReadOnlyList<ConfigLine> lines)
    {
        foreach (var line in lines)
        {
            var (key, value) = ServiceStart.Pair(line.Text);
            switch (key)
            {
                case "Environment":
                    _variables.Add(value, line);
                    break;
                case var other when ServiceStart.IsUnseen(other):
                    throw Odd(line, key);
            }
        }

        ServiceStart.Files(lines).ForEach(l => _variables.AddFile(l.Text, l));
        var starts = StartLines.Held(lines, "ExecStart");
        if (starts is not [var start] || Kept.GoesOn(start.Text) || StartLines.Words(start.Text) is not [var program, .. var rest] || !program.EndsWith("/sshd", StringComparison.Ordinal))
        {
            throw Odd(starts.Count == 0 ? lines[0] : starts[^1], "ExecStart 不只一条、不是 sshd，或有转义字符、续行");
        }

        Options([.. rest.SelectMany(w => Expanded(w, start))]);
        return this;
    }

    private IEnumerable<StartWord> Expanded(string word, ConfigLine start) =>
        !word.Contains('$', StringComparison.Ordinal) ? [new StartWord(word, start)]
        : Whole().Match(word) is not { Success: true } name ? throw Odd(start, word)
        : _variables.Find(name.Groups["name"].Value) is { } found ? Words(found) : [];

    private void Options(List<StartWord> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var (word, line) = words[i];
            if (word is not ['-', _, ..])
            {
                throw Odd(line, word);
            }

            for (var at = 1; at < word.Length; at++)
            {
                if (WithValue.Contains(word[at], StringComparison.Ordinal))
                {
                    var value = at + 1 < word.Length ? word[(at + 1)..] : i + 1 < words.Count ? words[++i].Text : throw Odd(line, word);
                    Take(word[at], value, line);
                    break;
                }

                if (!WithoutValue.Contains(word[at], StringComparison.Ordinal))
                {
                    throw Odd(line, word);
                }

                Take(word[at], "", line);
            }
        }
    }

    private void Take(char option, string value, ConfigLine line)
    {
        switch (option)
        {
            case 'f':
                Main = value;
                break;
            case 'o':
                Directives.Add(SshdTree.Single(value, line));
                break;
            case 'g':
                Directives.Add(SshdTree.Single($"LoginGraceTime {value}", line));
                break;
            case 'q':
                Directives.Add(SshdTree.Single("LogLevel QUIET", line));
                break;
            case 'd':
                Directives.Add(SshdTree.Single("LogLevel DEBUG", line));
                break;
        }
    }

    private static IEnumerable<StartWord> Words(StartWord found) => ServiceStart.Quoted(found.Text).Select(w => new StartWord(w, found.Line));

    private static UnableException Odd(ConfigLine line, string what) => Server.Odd(line, what);

    [GeneratedRegex("^sshd?@?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, 1000)]
    private static partial Regex Own();

    [GeneratedRegex(@"^\$(\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}|(?<name>[A-Za-z_][A-Za-z0-9_]*))$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Whole();
}
