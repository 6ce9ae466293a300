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
    private static readonly string[] Folders = ["/etc/systemd/system", "/run/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"];
    private static readonly string[] Scripts = ["/etc/default/ssh", "/etc/sysconfig/sshd"];
    private readonly HostSnapshot _snapshot;

    private SshdStart(HostSnapshot snapshot) => _snapshot = snapshot;

    /// <summary>The configuration file.</summary>
    public string Main { get; private set; } = Standard;

    /// <summary>In their order.</summary>
    public List<SshdDirective> Directives { get; } = [];

    /// <exception cref="UnableException">Something is not understood.</exception>
    public static SshdStart Of(HostSnapshot snapshot)
    {
        var starts = Units.Select(u => Lines(snapshot, u)).Where(l => l.Exists(t => t.Text.StartsWith("ExecStart=", StringComparison.Ordinal)))
            .Select(l => new SshdStart(snapshot).WithUnit(l)).ToList();
        if (starts.Count == 0)
        {
            var script = new SshdStart(snapshot);
            var variables = new Dictionary<string, (string, ConfigLine)>(StringComparer.Ordinal);
            Array.ForEach(Scripts, s => script.Variables(s, variables));
            foreach (var (value, line) in new[] { "SSHD_OPTS", "OPTIONS" }.Where(variables.ContainsKey).Select(k => variables[k]))
            {
                script.Options([.. Words(value).Select(w => (w, line))]);
            }

            return script;
        }

        return starts.TrueForAll(s => s.Main == starts[0].Main && s.Directives.Select(d => $"{d.Keyword} {d.Value}").SequenceEqual(starts[0].Directives.Select(d => $"{d.Keyword} {d.Value}"), StringComparer.Ordinal))
            ? starts[0]
            : throw new UnableException(FailureKind.BadInput, "sshd 的几个 systemd 单元启动参数不同，不知道用的是哪一个");
    }

    /// <summary>The unit and its drop-ins, of each name the first folder's.</summary>
    private static List<ConfigLine> Lines(HostSnapshot snapshot, string unit)
    {
        var main = Folders.Select(f => $"{f}/{unit}.service").FirstOrDefault(p => snapshot.Find(p).State == FileState.Read);
        var dropIns = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Folders.SelectMany(f => DropIns(snapshot, $"{f}/{unit}.service.d")))
        {
            dropIns.TryAdd(path[(path.LastIndexOf('/') + 1)..], path);
        }

        return [.. (main is null ? [] : new[] { main }).Concat(dropIns.Values).SelectMany(p => snapshot.Lines(p) ?? []).Select(l => l with { Text = l.Text.Trim() })];
    }

    private static IReadOnlyList<string> DropIns(HostSnapshot snapshot, string folder)
    {
        try
        {
            return snapshot.Glob($"{folder}/*.conf");
        }
        catch (UnableException) when (snapshot.Find(folder).State is FileState.NotCollected or FileState.Missing)
        {
            return [];
        }
    }

    private SshdStart WithUnit(List<ConfigLine> lines)
    {
        var variables = new Dictionary<string, (string Value, ConfigLine Line)>(StringComparer.Ordinal);
        ConfigLine? start = null;
        foreach (var line in lines)
        {
            if (line.Text.EndsWith('\\') && line.Text[0] is not ('#' or ';'))
            {
                throw Odd(line, "续行");
            }

            var value = line.Text[(line.Text.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim();
            switch (line.Text.Split('=')[0].Trim())
            {
                case "ExecStart":
                    start = value.Length == 0 ? null : line with { Text = value };
                    break;
                case "Environment":
                    Words(value).ForEach(w => variables[w.Split('=')[0]] = (w[(w.IndexOf('=', StringComparison.Ordinal) + 1)..], line));
                    break;
            }
        }

        foreach (var line in lines.Where(l => l.Text.StartsWith("EnvironmentFile=", StringComparison.Ordinal)))
        {
            Variables(line.Text[(line.Text.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim().TrimStart('-'), variables);
        }

        if (start is null || Words(start.Text.TrimStart('-', '@', ':', '+', '!')) is not [var program, .. var rest] || !program.EndsWith("/sshd", StringComparison.Ordinal))
        {
            throw Odd(start ?? lines[0], "ExecStart 不是 sshd");
        }

        Options([.. rest.SelectMany(w => Expanded(w, variables, start))]);
        return this;
    }

    private static IEnumerable<(string, ConfigLine)> Expanded(string word, Dictionary<string, (string Value, ConfigLine Line)> variables, ConfigLine start) =>
        !word.Contains('$', StringComparison.Ordinal) ? [(word, start)]
        : Whole().Match(word) is not { Success: true } name ? throw Odd(start, word)
        : variables.TryGetValue(name.Groups["name"].Value, out var found) ? Words(found.Value).Select(w => (w, found.Line)) : [];

    /// <summary>NAME=value, quoted or not.</summary>
    private void Variables(string path, Dictionary<string, (string Value, ConfigLine Line)> into)
    {
        var state = _snapshot.Find(path).State;
        if (state == FileState.NotCollected && !Scripts.Contains(path, StringComparer.Ordinal))
        {
            throw new UnableException(FailureKind.BadInput, $"sshd 的启动参数取自 {path}，没有收集");
        }

        foreach (var line in state is FileState.Missing or FileState.NotCollected ? [] : _snapshot.Lines(path)!)
        {
            var text = line.Text.Trim();
            text = text.StartsWith("export ", StringComparison.Ordinal) ? text[7..].TrimStart() : text;
            if (Assignment().Match(text) is { Success: true } found)
            {
                into[found.Groups["name"].Value] = (found.Groups["value"].Value is ['"' or '\'', _, ..] quoted ? quoted[1..^1] : found.Groups["value"].Value, line);
            }
            else if (text.Contains("SSHD_OPTS", StringComparison.Ordinal) || text.Contains("OPTIONS", StringComparison.Ordinal))
            {
                throw Odd(line, "赋值读不懂");
            }
        }
    }

    private void Options(List<(string Word, ConfigLine Line)> words)
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
                    var value = at + 1 < word.Length ? word[(at + 1)..] : i + 1 < words.Count ? words[++i].Word : throw Odd(line, word);
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

    /// <summary>Quotes hold blanks together.</summary>
    private static List<string> Words(string text) => [.. Word().Matches(text).Select(m => m.Value.Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal))];

    private static UnableException Odd(ConfigLine line, string what) => new(FailureKind.BadInput, $"{line.Place} sshd 的启动参数读不懂：{(what.Length > 60 ? what[..60] : what)}");

    [GeneratedRegex(@"^\$(\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}|(?<name>[A-Za-z_][A-Za-z0-9_]*))$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Whole();

    [GeneratedRegex(@"^(?<name>[A-Za-z_][A-Za-z0-9_]*)=(?<value>""[^""$`\\]*""|'[^']*'|[^\s""'$`\\;&|]*)\s*(#.*)?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"(""[^""]*""|'[^']*'|[^\s""'])+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
