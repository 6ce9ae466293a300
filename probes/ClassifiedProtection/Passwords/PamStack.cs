using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>One line of a PAM service, where includes put it.</summary>
/// <param name="Type">auth, account, password, session.</param>
/// <param name="Control">Null where it is none of PAM's, and of the mark where a substack begins.</param>
/// <param name="Module">File name without folder and <c>.so</c>; a module of a folder of its own keeps its path; empty is the mark where a substack begins.</param>
/// <param name="Arguments">In their order.</param>
/// <param name="IsOptional">Written with a hyphen: a missing module is passed over in silence.</param>
/// <param name="Line">Where it stands.</param>
/// <param name="Level">Of the substack; 0 outside of any.</param>
internal sealed record PamEntry(string Type, PamControl? Control, string Module, IReadOnlyList<string> Arguments, bool IsOptional, ConfigLine Line, int Level)
{
    public bool IsMark => Module.Length == 0;

    public bool Has(string argument) => Arguments.Any(a => a == argument);

    /// <summary>The value of <c>name=value</c>, an empty text for a bare <c>name</c>, null where neither is there. The last one counts.</summary>
    public string? Argument(string name) => Arguments.Where(a => a == name || a.StartsWith(name + "=", StringComparison.Ordinal)).Select(a => a.Length > name.Length ? a[(name.Length + 1)..] : "").LastOrDefault();
}

/// <summary>Services of /etc/pam.d with <c>include</c>, <c>substack</c> and <c>@include</c> resolved (pam.conf(5)).</summary>
internal sealed class PamStack
{
    private const string Folder = "/etc/pam.d";
    private const int JoinedCap = 64 * 1024;
    private readonly IncludeBudget _budget = new(16);
    private const int EntryCap = 2000;
    private static readonly string[] Types = ["auth", "account", "password", "session"];
    private static readonly string[] OwnFolders = ["/lib/security", "/lib64/security", "/usr/lib/security", "/usr/lib64/security"];
    private readonly HostSnapshot _snapshot;
    private readonly List<PamEntry> _entries = [];
    private readonly List<Sighting> _faults = [];

    private PamStack(HostSnapshot snapshot) => _snapshot = snapshot;

    public IReadOnlyList<PamEntry> Entries => _entries;

    /// <summary>Lines nobody can say the effect of.</summary>
    public IReadOnlyList<Sighting> Faults => _faults;

    /// <returns>Null where the service has no file. A type the service does not speak of is that of <c>other</c>.</returns>
    /// <exception cref="UnableException">A file cannot be read, or an include leads nowhere: such a service fails whole.</exception>
    public static PamStack? Of(HostSnapshot snapshot, string service)
    {
        if (snapshot.Find($"{Folder}/{service}").State == FileState.Missing)
        {
            return null;
        }

        var stack = new PamStack(snapshot);
        stack.Read(service, null, 0, 0);
        if (service != "other" && Types.Where(t => !stack._entries.Exists(e => e.Type == t)).ToList() is { Count: > 0 } silent && snapshot.Find($"{Folder}/other").Exists)
        {
            stack._entries.AddRange(Of(snapshot, "other")!.Entries.Where(e => silent.Contains(e.Type, StringComparer.Ordinal)));
        }

        return stack;
    }

    /// <summary>Modules as libpam calls them: a missing one written with a hyphen is not there at all.</summary>
    /// <param name="type">auth, account, password, session.</param>
    /// <param name="installed">Empty where nobody looked.</param>
    public IReadOnlyList<PamEntry> OfType(string type, IReadOnlySet<string> installed) =>
        [.. _entries.Where(e => e.Type == type && !(e.IsOptional && installed.Count > 0 && !installed.Contains(e.Module)))];

    private void Read(string file, string? onlyType, int depth, int level)
    {
        var path = file.StartsWith('/') ? file : $"{Folder}/{file}";
        if (_entries.Count > EntryCap)
        {
            throw new UnableException(FailureKind.BadInput, $"配置无效：{path} 的 include 过深或循环");
        }

        foreach (var line in Joined(_budget.Lines(_snapshot, path, depth) ?? throw new UnableException(FailureKind.BadInput, $"配置无效：PAM 引用的 {path} 不存在")))
        {
            var words = Words(line.Text);
            if (words is ["@include", var all])
            {
                Read(all, onlyType, depth + 1, level);
            }
            else if (words.Count > 0)
            {
                Take(line, words, onlyType, depth, level);
            }
        }
    }

    private void Take(ConfigLine line, List<string> words, string? onlyType, int depth, int level)
    {
        var type = (words[0].StartsWith('-') ? words[0][1..] : words[0]).ToLowerInvariant();
        if (words.Count < 3 || !Types.Any(t => t == type))
        {
            _faults.Add(new Sighting("PAM 行的类型或列数读不懂", line.Place));
            return;
        }

        if (onlyType is not null && type != onlyType)
        {
            return;
        }

        switch (words[1].ToLowerInvariant())
        {
            case "include":
                Read(words[2], type, depth + 1, level);
                return;
            case "substack":
                _entries.Add(new PamEntry(type, null, "", [], false, line, level));
                Read(words[2], type, depth + 1, level + 1);
                return;
        }

        var control = PamControl.Of(words[1]);
        if (control is null || words.Skip(2).Any(w => w.Contains('#', StringComparison.Ordinal)))
        {
            _faults.Add(new Sighting("PAM 行的控制字或 # 读不懂", line.Place));
        }

        _entries.Add(new PamEntry(type, control, Name(words[2]), [.. words.Skip(3).Select(Unbracketed)], words[0].StartsWith('-'), line, level));
    }

    /// <summary>Brackets hold an argument with blanks together.</summary>
    private static string Unbracketed(string word) => word is ['[', .., ']'] ? word[1..^1] : word;

    private static string Name(string module)
    {
        var cut = module.LastIndexOf('/');
        var name = module.EndsWith(".so", StringComparison.Ordinal) ? module[..^3] : module;
        var folder = cut > 0 ? module[..cut] : null;
        return folder is null || OwnFolders.Any(f => f == folder) || folder.EndsWith("-linux-gnu/security", StringComparison.Ordinal) ? name[(cut + 1)..] : name;
    }

    private static IEnumerable<ConfigLine> Joined(IReadOnlyList<ConfigLine> lines)
    {
        var (open, text) = (default(ConfigLine), new StringBuilder());
        foreach (var line in lines)
        {
            (open, var goesOn) = (open ?? line, line.Text.EndsWith('\\'));
            text.Append(goesOn ? line.Text.AsSpan(0, line.Text.Length - 1) : line.Text);
            if (goesOn)
            {
                text.Append(text.Length < JoinedCap ? " " : throw new UnableException(FailureKind.BadInput, $"{open.Place} 的续行过长"));
                continue;
            }

            yield return open with { Text = text.ToString() };
            (open, _) = (null, text.Clear());
        }

        if (open is not null)
        {
            yield return open with { Text = text.ToString(0, text.Length - 1) };
        }
    }

    /// <summary>A bracketed text is one word; # begins a comment.</summary>
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is ' ' or '\t')
            {
                continue;
            }

            if (text[i] == '#')
            {
                break;
            }

            var end = text[i] == '[' ? text.IndexOf(']', i) : text.AsSpan(i).IndexOfAny(" \t") is >= 0 and var next ? i + next - 1 : text.Length - 1;
            end = end < 0 ? text.Length - 1 : end;
            words.Add(text[i..(end + 1)]);
            i = end;
        }

        return words;
    }
}
