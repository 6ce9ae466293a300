using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// Where rsyslog.conf and what it includes take messages about logins: statement by statement, as a message meets them, with what stop
/// takes away on the way.
/// </summary>
internal sealed partial class RsyslogReading
{
    private readonly IncludeBudget _budget = new(8);
    private const int Limit = 1000;
    private readonly HostSnapshot _snapshot;
    private readonly List<Sighting> _faults = [];
    private readonly List<Sighting> _files = [];
    private readonly List<Sighting> _remotes = [];
    private readonly Dictionary<string, bool?> _templates = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(bool? IsTraditional, ConfigLine Line)> _times = [];
    private readonly List<ConfigLine> _lines = [];
    private bool _isBlocked;
    private bool _hearsSocket;
    private bool _hearsJournal;
    private AuthMask _live = AuthMask.All;
    private AuthMask? _last = AuthMask.All;
    private string _lastFilter = "";
    private string _standard = "RSYSLOG_FileFormat";

    private readonly HashSet<string> _own;

    private RsyslogReading(HostSnapshot snapshot)
    {
        _snapshot = snapshot;
        _own = OwnHost.Names(snapshot);
    }

    public IReadOnlyList<ConfigLine> Lines => _lines;

    public IReadOnlyList<Sighting> Faults => _faults;

    /// <summary>Files that get messages about logins.</summary>
    public IReadOnlyList<Sighting> LoginFiles => _files;

    /// <summary>Something is written to a file or sent away.</summary>
    public bool Writes { get; private set; }

    /// <summary>What was found counts although something was not understood; that nothing was found does not.</summary>
    public Fact<IReadOnlyList<Sighting>> AuthenticationLogs => Proven([.. _files, .. _remotes]);

    public Fact<IReadOnlyList<Sighting>> RemoteTargets => Proven(_remotes);

    public Fact<FlagSetting> TraditionalTimes => _times.Find(t => t.IsTraditional == true) is { Line: not null } bad ? FlagSetting.At(bad.Line, true)
        : _times.Exists(t => t.IsTraditional is null) || _isBlocked || _times.Count == 0 ? default(Fact<FlagSetting>) : FlagSetting.ByDefault(false);

    /// <param name="snapshot">Of the host.</param>
    /// <param name="journal">ForwardToSyslog=no of journald.conf, which leaves the socket silent; null where nothing says so.</param>
    public static RsyslogReading Of(HostSnapshot snapshot, ConfigLine? journal)
    {
        var reading = new RsyslogReading(snapshot);
        var (main, doubts) = RsyslogStart.Of(snapshot);
        reading._faults.AddRange(doubts);
        reading._isBlocked = doubts.Count > 0;
        reading.File(main, 0);
        if (!reading._hearsJournal && (journal is not null || !reading._hearsSocket) && (reading._files.Count > 0 || reading._remotes.Count > 0))
        {
            reading.Fault(reading._hearsSocket ? "journald 不转给 rsyslog（ForwardToSyslog），又没有加载 imjournal" : "没有加载 imuxsock 或 imjournal，本机的日志进不了 rsyslog", reading._hearsSocket ? journal! : reading._lines[0]);
            reading._files.Clear();
            reading._remotes.Clear();
        }

        return reading;
    }

    private Fact<IReadOnlyList<Sighting>> Proven(List<Sighting> found) => found.Count == 0 && _faults.Count > 0 ? default : new(found);

    private void File(string path, int depth)
    {
        if (_budget.Lines(_snapshot, path, depth) is { } lines)
        {
            _lines.AddRange(lines.Where(l => l.Text.Trim() is { Length: > 0 } text && text[0] != '#'));
            Run(RsyslogText.Of(lines), AuthMask.All, depth);
        }
    }

    /// <param name="filter">What passes the blocks around; null where nobody knows.</param>
    private void Run(IReadOnlyList<RsyslogStatement> statements, AuthMask? filter, int depth)
    {
        foreach (var statement in statements)
        {
            switch (statement.Kind)
            {
                case RsyslogKind.Filter:
                    (_last, _lastFilter) = (RsyslogFilter.Of(statement.Name), statement.Name);
                    Pass(statement, filter, depth);
                    break;
                case RsyslogKind.Again:
                    Pass(statement, filter, depth);
                    break;
                case RsyslogKind.Action:
                    (_last, _lastFilter) = (AuthMask.All, "");
                    Act(statement.Text, filter, statement.Line, "");
                    break;
                case RsyslogKind.Object or RsyslogKind.Directive:
                    Declare(statement, depth);
                    break;
                case RsyslogKind.Unknown:
                    Fault("rsyslog 的这一句读不懂", statement.Line);
                    break;
            }
        }
    }

    private void Pass(RsyslogStatement statement, AuthMask? outer, int depth)
    {
        var (own, name) = (_last, _lastFilter);
        var passes = outer is { } around && own is { } mask ? around.And(mask) : (AuthMask?)null;
        if (statement.Body is null)
        {
            Act(statement.Text, passes, statement.Line, name);
            return;
        }

        // A block about other programs or hosts takes nothing away, whatever it does.
        var before = (_live, _isBlocked, _faults.Count);
        Run(statement.Body, passes, depth);
        if (RsyslogFilter.IsElsewhere(name))
        {
            (_live, _isBlocked) = (before._live, before._isBlocked);
            _faults.RemoveRange(before.Count, _faults.Count - before.Count);
        }

        (_last, _lastFilter) = (own, name);
    }

    private void Act(string text, AuthMask? filter, ConfigLine line, string filterText)
    {
        var action = RsyslogAction.Of(text);
        switch (action.Kind)
        {
            case RsyslogActionKind.Stop when filter is { } mask:
                _live = _live.Without(mask);
                break;
            case RsyslogActionKind.Stop:
                if (!RsyslogFilter.IsElsewhere(filterText))
                {
                    Fault("有条件的丢弃（stop、~），不知道丢不丢登录认证消息", line);
                }

                break;
            case RsyslogActionKind.File:
                Writes = true;
                _times.Add((IsTraditional(action.Template ?? _standard), line));
                Add(_files, action.Target, filter, (line, filterText));
                break;
            case RsyslogActionKind.Remote when !OwnHost.Is(action.Target) && !_own.Contains(action.Target.Trim('[', ']')):
                Writes = true;
                Add(_remotes, action.Target, filter, (line, filterText));
                break;
            case RsyslogActionKind.Unknown:
                Fault($"rsyslog 的动作读不懂：{(text.Length > 60 ? text[..60] : text)}", line, blocks: false);
                break;
        }
    }

    private void Add(List<Sighting> into, string target, AuthMask? filter, (ConfigLine Line, string Filter) at)
    {
        // Behind something that may have taken messages away nothing is certain.
        if (!_isBlocked && filter is { } mask && mask.And(_live).TellsLogins)
        {
            into.Add(new Sighting(target, at.Line.Place));
        }
        else if (filter is null && !RsyslogFilter.IsElsewhere(at.Filter))
        {
            Fault("有条件的写入或转发，不知道是否包括登录认证消息", at.Line, blocks: false);
        }
    }

    /// <summary>True for times without year and zone; null where the template is not known.</summary>
    private bool? IsTraditional(string template) => template.ToUpperInvariant() switch
    {
        "RSYSLOG_FILEFORMAT" or "RSYSLOG_SYSLOGPROTOCOL23FORMAT" or "RSYSLOG_FORWARDFORMAT" => false,
        "RSYSLOG_TRADITIONALFILEFORMAT" or "RSYSLOG_TRADITIONALFORWARDFORMAT" or "RSYSLOG_SYSKLOGDFILEFORMAT" => true,
        _ => _templates.GetValueOrDefault(template),
    };

    private void Declare(RsyslogStatement statement, int depth)
    {
        var (name, text) = (statement.Name, statement.Text);
        switch (RsyslogAction.Enabled(text))
        {
            case false:
                return;
            case null:
                Fault($"{name} 是否启用取决于 config.enabled 的值，读不懂", statement.Line);
                return;
        }

        Hear(name, text);
        switch (name)
        {
            case "$includeconfig":
                Include(text.Trim('"'), statement.Line, depth);
                break;
            case "include":
                if (Parameter(text, "file") is { } file)
                {
                    Include(file, statement.Line, depth);
                }
                else
                {
                    Fault("include 没有写 file", statement.Line);
                }

                break;
            case "$actionfiledefaulttemplate":
                _standard = text.Trim();
                break;
            case "module" when text.Contains("builtin:omfile", StringComparison.OrdinalIgnoreCase):
                _standard = Parameter(text, "template") ?? _standard;
                break;
            case "$template" when text.IndexOf(',', StringComparison.Ordinal) is > 0 and var comma:
                _templates[text[..comma].Trim()] = Times(text[comma..]);
                break;
            case "template" when Parameter(text, "name") is { } own:
                _templates[own] = Times(text + (statement.Body is null ? "" : "?"));
                break;
            case "module" or "input" when Parameter(text, "ruleset") is not null && !text.Contains("imtcp", StringComparison.OrdinalIgnoreCase) && !text.Contains("imudp", StringComparison.OrdinalIgnoreCase) && !text.Contains("imrelp", StringComparison.OrdinalIgnoreCase):
            case "$ruleset" or "$defaultruleset" or "$rulesetcreatemainqueue":
            case "global" when Parameter(text, "defaultruleset") is not null:
                Fault("规则集（ruleset）改变消息走的路，没有读", statement.Line);
                break;
            case var word when word.StartsWith("$actionexeconly", StringComparison.Ordinal):
                Fault($"{word} 使动作有条件", statement.Line);
                break;
        }
    }

    /// <summary>The socket of the system may be left alone, or another be read in its place.</summary>
    private void Hear(string name, string text)
    {
        var loads = name is "$modload" or "module";
        _hearsJournal |= loads && text.Contains("imjournal", StringComparison.OrdinalIgnoreCase);
        _hearsSocket |= loads && text.Contains("imuxsock", StringComparison.OrdinalIgnoreCase) && Parameter(text, "syssock.use") is null or "on" && Parameter(text, "syssock.name") is null or "/dev/log";
        if (name is "$omitlocallogging" && text.Trim() is not "off" || name is "$systemlogsocketname")
        {
            _hearsSocket = false;
        }
    }

    private static bool? Times(string template) => template.Contains("timestamp", StringComparison.OrdinalIgnoreCase) || template.Contains("timereported", StringComparison.OrdinalIgnoreCase) || template.Contains("timegenerated", StringComparison.OrdinalIgnoreCase)
        ? template.Contains("date-rfc3339", StringComparison.OrdinalIgnoreCase) ? false : template.Contains("date-", StringComparison.OrdinalIgnoreCase) || template.Contains('?', StringComparison.Ordinal) ? null : true
        : null;

    private void Include(string pattern, ConfigLine line, int depth)
    {
        try
        {
            foreach (var path in GlobPattern.HasWildcard(pattern) ? _snapshot.Included(pattern) : [pattern])
            {
                if (_snapshot.Find(path).State != FileState.Directory)
                {
                    File(path, depth + 1);
                }
            }
        }
        catch (UnableException unable) when (!_budget.IsSpent)
        {
            Fault($"没有读到所引用的 {pattern}：{unable.Message}", line);
        }
    }

    /// <summary>What takes nothing away keeps only an empty list from being known.</summary>
    private void Fault(string what, ConfigLine line, bool blocks = true)
    {
        _faults.Add(new Sighting(what, line.Place));
        _isBlocked |= blocks;
    }

    private static string? Parameter(string text, string name) =>
        Parameters().Matches(text).FirstOrDefault(m => m.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase))?.Groups["value"].Value;

    [GeneratedRegex(@"(?<name>[a-zA-Z0-9_.]+)[ \t\n]*=[ \t\n]*[""'](?<value>[^""']*)[""']", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Parameters();
}
