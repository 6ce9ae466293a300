using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>How the logs of a tree are written, by the files of Logback and Log4j in it.</summary>
internal sealed partial class LogSettings
{
    private readonly List<string> _files;
    private readonly JavaSources _sources;

    public LogSettings(JavaSources sources)
    {
        _sources = sources;
        _files = [.. sources.Markup.Where(m => FileNames().IsMatch(m.Key) && !TestCode.IsTest(m.Key)).Select(m => TreeFacts.Remark().Replace(m.Value, ""))];
    }

    /// <summary>Some file says which lines are written.</summary>
    public bool HasLevels => _files.Exists(f => Level().IsMatch(f));

    /// <summary>Everywhere a message is written, ends of lines are taken out of it, or it is a field of a record.</summary>
    public bool CutLines()
    {
        var isCut = false;
        foreach (var file in _files)
        {
            var rest = CutMessage().Replace(file, m => IsOfLines(m.Value) ? "" : m.Value);
            if (BareMessage().IsMatch(rest) || Borrowed().IsMatch(rest) || Patterns().Matches(rest).Any(m => IsElsewhere(m.Value, rest)))
            {
                return false;
            }

            isCut |= rest.Length < file.Length || Records().IsMatch(file);
        }

        return isCut && !_sources.Settings.Values.Any(s => PatternSetting().IsMatch(s));
    }

    /// <summary>Somewhere in the tree lines for those who look for faults are switched on.</summary>
    public bool IsLoud() => _files.Exists(f => LoudFile().IsMatch(f))
        || _sources.Settings.Where(s => !TestCode.IsTest(s.Key)).SelectMany(s => s.Value.Split('\n')).Any(l => l.TrimStart() is not ['#' or '!', ..] && LoudSetting().IsMatch(l))
        || _sources.Properties.Any(p => LoudSetting().IsMatch($"{p.Key}={p.Value}"));

    /// <summary>Pairs of both signs leave single ones where they are.</summary>
    private static bool IsOfLines(string cut) => !cut.StartsWith("%replace", StringComparison.Ordinal) || (OfLines().IsMatch(cut) && !OnlyPairs().IsMatch(cut));

    /// <summary>A pattern, or a piece of it, that no property of the file holds.</summary>
    private static bool IsElsewhere(string pattern, string file) =>
        Variables().Matches(pattern).Any(v => !Regex.IsMatch(file, $@"<(?:property|variable|Property)\s[^>]*name\s*=\s*""{Regex.Escape(v.Groups["name"].Value)}""", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));

    [GeneratedRegex(@"(?:^|/)(?:logback|log4j2)[\w.\-]*\.xml$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileNames();

    /// <summary>A conversion of a message with something around it that replaces or encodes.</summary>
    [GeneratedRegex(@"%replace\((?:[^()]|\([^()]*\))*\)\{[^}]*\}|%replace\{%[^{}]*(?:\{[^{}]*\})?[^{}]*\}\{[^{}]*\}\{[^{}]*\}|%enc(?:ode)?\{[^{}]*(?:\{[^{}]*\})?[^{}]*\}\{(?:CRLF|JSON|HTML|XML)\}", RegexOptions.NonBacktracking)]
    private static partial Regex CutMessage();

    [GeneratedRegex(@"\\[nRs]", RegexOptions.NonBacktracking)]
    private static partial Regex OfLines();

    [GeneratedRegex(@"['{]\s*\\r\\n\s*['}]", RegexOptions.NonBacktracking)]
    private static partial Regex OnlyPairs();

    [GeneratedRegex(@"%[\-.\d]*(?:m|msg|message)(?:[^A-Za-z]|$)", RegexOptions.NonBacktracking)]
    private static partial Regex BareMessage();

    /// <summary>Appenders and patterns of Spring Boot, which write messages as they are.</summary>
    [GeneratedRegex(@"logging/logback/(?:base|console-appender|file-appender)\.xml", RegexOptions.NonBacktracking)]
    private static partial Regex Borrowed();

    [GeneratedRegex(@"LogstashEncoder|LogstashLayout|EventCompositeJsonEncoder|JsonEncoder|JsonLayout|JsonTemplateLayout|EcsEncoder|EcsLayout|StructuredLogEncoder", RegexOptions.NonBacktracking)]
    private static partial Regex Records();

    [GeneratedRegex(@"<[Pp]attern>[^<]*<|pattern\s*=\s*""[^""]*""", RegexOptions.NonBacktracking)]
    private static partial Regex Patterns();

    [GeneratedRegex(@"\$\{(?<name>[\w.\-]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Variables();

    [GeneratedRegex(@"logging\.pattern|^\s+pattern:", RegexOptions.NonBacktracking | RegexOptions.Multiline)]
    private static partial Regex PatternSetting();

    [GeneratedRegex(@"[Ll]evel\s*=|[Ll]evel\s+value", RegexOptions.NonBacktracking)]
    private static partial Regex Level();

    [GeneratedRegex(@"\b(?:debug|trace|all)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LoudFile();

    [GeneratedRegex(@"[:=]\s*[""']?(?:\$\{[^}]*:)?(?:debug|trace|all)\b|^\s*(?:debug|trace)\s*[:=]\s*true", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LoudSetting();
}
