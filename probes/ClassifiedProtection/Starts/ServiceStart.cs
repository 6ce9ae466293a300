using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>A server whose start matters.</summary>
/// <param name="Name">For people.</param>
/// <param name="Programs">Names of the program without folder.</param>
/// <param name="Units">Pattern of the names its own units have; null where the unit is known.</param>
/// <param name="Scripts">Files of variables for start scripts, which count where there is no unit.</param>
/// <param name="Variables">Options are in these there.</param>
internal sealed record StartedServer(string Name, IReadOnlyList<string> Programs, Regex? Units, IReadOnlyList<string> Scripts, IReadOnlyList<string> Variables)
{
    public UnableException Odd(ConfigLine line, string what) => new(FailureKind.BadInput, $"{line.Place} {Name} 的启动参数读不懂：{(what.Length > 60 ? what[..60] : what)}");
}

/// <summary>A word of a command line and where it comes from.</summary>
internal sealed record StartWord(string Text, ConfigLine Line);

/// <summary>
/// What a server is started with: units of systemd with their drop-ins and variables, or the variables of start scripts. What stands there
/// goes before the configuration, and may name another one.
/// </summary>
internal sealed partial class ServiceStart
{
    private const int Limit = 1000;
    private const int MostFiles = 64;
    private static readonly string[] Idle = ["true", "false"];
    private static readonly string[] Unseen = ["PassEnvironment", "UnsetEnvironment", "RootDirectory", "RootImage", "BindPaths", "BindReadOnlyPaths", "TemporaryFileSystem"];
    private static readonly SearchValues<char> ShellSigns = SearchValues.Create("$`;&|<>(){}*?\\'\"");
    private readonly StartedServer _server;
    private readonly StartVariables _variables;

    private ServiceStart(StartedServer server, string unit, StartVariables variables) => (_server, Unit, _variables) = (server, unit, variables);

    /// <summary>Empty for start scripts.</summary>
    public string Unit { get; }

    /// <summary>Name of the program; empty for start scripts.</summary>
    public string Program { get; private init; } = "";

    /// <summary>Behind the program.</summary>
    public IReadOnlyList<StartWord> Words { get; private set; } = [];

    /// <exception cref="UnableException">Its value did not leave the host.</exception>
    public StartWord? Variable(string name) => _variables.Find(name);

    /// <summary>Of every unit that starts the server; of the scripts where no unit does.</summary>
    /// <exception cref="UnableException">A start is not understood.</exception>
    public static IReadOnlyList<ServiceStart> Of(HostSnapshot snapshot, StartedServer server)
    {
        var (starts, budget) = (new List<ServiceStart>(), new EnvironmentBudget());
        foreach (var (unit, lines) in UnitFiles.Of(snapshot).OrderBy(u => u.Key, StringComparer.Ordinal))
        {
            var isOwn = server.Units?.IsMatch(unit) == true;
            if (isOwn ? !IsUnused(unit, lines) : lines.Any(l => l.Text.StartsWith("ExecStart", StringComparison.Ordinal) && server.Programs.Any(p => BlackenedCommand.IsNamed(StartLines.Bare(Pair(l.Text).Value), p))))
            {
                starts.AddRange(new ServiceStart(server, unit, new StartVariables(snapshot, server, budget)).WithUnit(lines, isOwn));
            }
        }

        return starts.Count > 0 ? starts : [new ServiceStart(server, "", new StartVariables(snapshot, server, budget)).WithScripts()];
    }

    /// <summary>A template, or a drop-in of an instance, that came with a package.</summary>
    private static bool IsUnused(string unit, IReadOnlyList<ConfigLine> lines) =>
        unit.Contains('@', StringComparison.Ordinal) && !lines.Any(l => (l.Path.StartsWith("/etc/", StringComparison.Ordinal) || l.Path.StartsWith("/run/", StringComparison.Ordinal)) && l.Path.Contains($"/{UnitFiles.Template(unit)}", StringComparison.Ordinal));

    public UnableException Odd(ConfigLine line, string what) => _server.Odd(line, what);

    private List<ServiceStart> WithUnit(IReadOnlyList<ConfigLine> lines, bool isOwn)
    {
        var starts = StartLines.Held(lines, "ExecStart");
        foreach (var line in lines)
        {
            var (key, value) = Pair(line.Text);
            switch (key)
            {
                case "Environment":
                    _variables.Add(value, line);
                    break;
                case var other when IsUnseen(other):
                    throw Odd(line, key);
            }
        }

        Files(lines).ForEach(l => _variables.AddFile(l.Text, l));
        List<ServiceStart> mine = [.. starts.Select(s => Command(s, isOwn)).OfType<ServiceStart>()];
        return mine.Count == 0 && starts.Count == 0 && isOwn && _variables.HasAny ? [WithScripts()] : mine;
    }

    /// <summary>A setting that gives a server other variables or another tree of files than those that were read.</summary>
    public static bool IsUnseen(string key) => Unseen.Contains(key, StringComparer.Ordinal);

    /// <summary>Files of variables, the path as the text, each where it is named last; an empty line takes those before it away.</summary>
    /// <exception cref="UnableException">They are too many.</exception>
    public static List<ConfigLine> Files(IReadOnlyList<ConfigLine> lines)
    {
        var files = new Dictionary<string, (int Place, ConfigLine Line)>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Count; i++)
        {
            var (key, path) = Pair(lines[i].Text);
            if (key == "EnvironmentFile" && path.Length == 0)
            {
                files.Clear();
            }
            else if (key == "EnvironmentFile")
            {
                files[path.TrimStart('-')] = files.Count < MostFiles || files.ContainsKey(path.TrimStart('-')) ? (i, lines[i] with { Text = path })
                    : throw new UnableException(FailureKind.BadInput, $"{lines[i].Place} EnvironmentFile 超过 {MostFiles} 个，没有读");
            }
        }

        return [.. files.Values.OrderBy(f => f.Place).Select(f => f.Line)];
    }

    /// <summary>Of a line of a unit; blanks around the sign are nothing.</summary>
    public static (string Key, string Value) Pair(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is var at and >= 0 ? (text[..at].Trim(), text[(at + 1)..].Trim()) : (text, "");

    private ServiceStart? Command(ConfigLine start, bool isOwn)
    {
        var words = (StartLines.Words(start.Text) ?? throw Odd(start, start.Text)).SelectMany(w => Expanded(w, start)).ToList();
        var program = words.Count == 0 ? "" : Base(words[0].Text);
        if (program is "sh" or "bash" && words is [_, { Text: "-c" }, var script, ..])
        {
            words = Script(script.Text, start);
            program = words.Count == 0 ? "" : Base(words[0].Text);
        }

        if (_server.Programs.Contains(program, StringComparer.Ordinal) && (Kept.GoesOn(start.Text) || words.Exists(w => w.Text.Contains(Kept.Mark, StringComparison.Ordinal))))
        {
            throw Odd(start, "参数已遮盖或续行读不懂");
        }

        var isNamed = _server.Programs.Any(p => BlackenedCommand.IsNamed(start.Text, p));
        if (program == Kept.Mark && isNamed)
        {
            throw Odd(start, "ExecStart 已遮盖");
        }

        return _server.Programs.Contains(program, StringComparer.Ordinal) ? new ServiceStart(_server, Unit, _variables) { Program = program, Words = words[1..] }
            : !isOwn || IsIdle(program, words.Count, isNamed) ? null
            : throw Odd(start, $"ExecStart 不是 {string.Join('、', _server.Programs)}");
    }

    /// <summary>Behind a word ; another command may stand.</summary>
    private static bool IsIdle(string program, int words, bool isNamed) => program == "echo" ? !isNamed : words == 1 && Idle.Contains(program, StringComparer.Ordinal);

    private static string Base(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>Start scripts pass on variables.</summary>
    private ServiceStart WithScripts()
    {
        _server.Scripts.ToList().ForEach(s => _variables.AddScript(s));
        Words = [.. _server.Variables.Select(_variables.Find).OfType<StartWord>().SelectMany(v => Quoted(v.Text).Select(w => new StartWord(w, v.Line)))];
        return this;
    }

    /// <summary>What systemd puts for variables: those that stand alone fall into words, those in braces stay one.</summary>
    private IEnumerable<StartWord> Expanded(string word, ConfigLine start)
    {
        if (Alone().Match(word) is { Success: true } alone)
        {
            return _variables.Find(alone.Groups["name"].Value) is { } found ? Quoted(found.Text).Select(w => new StartWord(w, found.Line)) : [];
        }

        return [new StartWord(Braces().Replace(word, m => _variables.Find(m.Groups["name"].Value)?.Text ?? "").Replace("$$", "$", StringComparison.Ordinal), start)];
    }

    /// <summary>Of a shell: a command that takes its place, with what recovers a Galera cluster before it; nothing else.</summary>
    private List<StartWord> Script(string text, ConfigLine start)
    {
        var found = Exec().Match(text);
        var words = found.Success ? found.Groups["command"].Value.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) : [];
        if (words.Length == 0 || (found.Groups["before"].Value.Trim() is { Length: > 0 } before && !Galera().IsMatch(before)))
        {
            throw Odd(start, text);
        }

        return [.. words.SelectMany(w => w switch
        {
            "$VAR" => [],
            ['$', ..] => Expanded(w, start),
            _ when w.AsSpan().ContainsAny(ShellSigns) => throw Odd(start, w),
            _ => [new StartWord(w, start)],
        })];
    }

    /// <summary>Quotes hold blanks together, and an empty pair of them is a word.</summary>
    public static List<string> Quoted(string text)
    {
        var (words, word, quote, isWord) = (new List<string>(), new StringBuilder(), '\0', false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote == '\0' && c is ' ' or '\t')
            {
                if (isWord)
                {
                    words.Add(word.ToString());
                }

                (_, isWord) = (word.Clear(), false);
                continue;
            }

            isWord = true;
            if (c == '\\' && quote != '\'' && i + 1 < text.Length)
            {
                word.Append(text[++i]);
            }
            else if (c is '"' or '\'' && (quote == '\0' || quote == c))
            {
                quote = quote == '\0' ? c : '\0';
            }
            else
            {
                word.Append(c);
            }
        }

        return isWord ? [.. words, word.ToString()] : words;
    }

    [GeneratedRegex(@"^\$(?<name>[A-Za-z_][A-Za-z0-9_]*)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Alone();

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Braces();

    [GeneratedRegex(@"^(?<before>.*)\bexec (?<command>/.*)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Singleline, Limit)]
    private static partial Regex Exec();

    [GeneratedRegex(@"^(set -f;\s*)?\[ ! -e /usr/bin/galera_recovery \] && VAR= \|\|\s+VAR=`(cd /usr/bin/\.\.; )?/usr/bin/galera_recovery`; \[ \$\? -eq 0 \] \|\| exit 1;$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Galera();
}
