using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// What pam_pwquality or pam_cracklib asks of a new password. Arguments of the PAM line go before pwquality.conf, and this before its
/// drop-in files. A configuration nobody loads asks nothing, nor does a module whose refusal leaves a way to pam_unix.
/// </summary>
internal sealed class PasswordQuality
{
    private const string Main = "/etc/security/pwquality.conf";
    private static readonly string[] Credits = ["dcredit", "ucredit", "lcredit", "ocredit"];
    private static readonly string[] Flags = ["enforce_for_root", "local_users_only"];
    private static readonly string[] Keys =
    [
        "difok", "minlen", "minclass", "maxrepeat", "maxsequence", "maxclassrepeat", "gecoscheck", "dictcheck", "usercheck", "usersubstr", "enforcing", "badwords", "dictpath", "retry",
        .. Credits,
    ];

    private readonly PamEntry? _entry;
    private readonly List<ConfigLine> _lines = [];
    private readonly List<Sighting> _notes = [];
    private readonly bool _isOpen;

    /// <param name="snapshot">Of the host.</param>
    /// <param name="stack">The modules that change passwords.</param>
    /// <param name="isWhole">No line of the service is beyond us.</param>
    public PasswordQuality(HostSnapshot snapshot, IReadOnlyList<PamEntry> stack, bool isWhole)
    {
        Unix = stack.FirstOrDefault(e => e.Module == "pam_unix");
        var candidates = stack.Where(e => e.Module is "pam_pwquality" or "pam_cracklib").ToList();
        if (candidates.Exists(e => e.Module == "pam_pwquality"))
        {
            _lines = [.. snapshot.LinesOf($"{Main}.d/*.conf"), .. snapshot.Lines(Main) ?? []];
            _notes.AddRange(_lines.Where(l => !IsUnderstood(l.Text)).Select(l => new Sighting("pwquality 的这一行读不懂", l.Place)));
        }

        var strange = candidates.Count == 0 ? stack.TakeWhile(e => !ReferenceEquals(e, Unix)).Where(PamModules.IsStrange).ToList() : [];
        _isOpen = !isWhole || _notes.Count > 0 || strange.Count > 0 || stack.Any(e => e.Module is "pam_passwdqc");
        _notes.AddRange(strange.Select(e => new Sighting($"修改口令要经过 {e.Module}，它自己可能检查口令，其设置本工具不读，须人看", e.Line.Place)));
        if (candidates.Count == 0 && strange.Count == 0 && Unix is not null)
        {
            _notes.Add(new Sighting("修改口令的 PAM 栈里没有 pam_pwquality 或 pam_cracklib，只有 pam_unix", Unix.Line.Place));
        }

        foreach (var entry in candidates)
        {
            var (answer, why) = Effect(stack, entry);
            if (answer == PamAnswer.Always)
            {
                _entry = entry;
                return;
            }

            _isOpen |= answer == PamAnswer.Open;
            _notes.Add(new Sighting(why, entry.Line.Place));
        }
    }

    private PamEntry? Unix { get; }

    /// <summary>Why a module that stands there has no effect, or what could not be read.</summary>
    public IReadOnlyList<Sighting> Notes => _notes;

    public IReadOnlyList<ConfigLine> Lines => [.. _entry is null ? [] : new[] { _entry.Line }, .. _lines.Where(l => l.Text.Trim() is { Length: > 0 } t && t[0] != '#')];

    public Fact<WordSetting> Module => _isOpen ? default(Fact<WordSetting>) : _entry is null ? WordSetting.ByDefault(null) : WordSetting.At(_entry.Line, _entry.Module);

    public Fact<NumberSetting> MinLength()
    {
        if (_isOpen)
        {
            return default;
        }

        if (_entry is null)
        {
            return Unix?.Argument("minlen") is { } own && Parse(own) is { } least ? NumberSetting.At(Unix.Line, least) : NumberSetting.ByDefault(null);
        }

        var written = Number("minlen", _entry.Module == "pam_cracklib" ? 9 : 8);
        var earned = Credits.Sum(c => Math.Max(0, Number(c, _entry.Module == "pam_cracklib" ? 1 : 0).Value ?? 0));
        return written with { Value = Math.Max(6, (written.Value ?? 0) - earned) };
    }

    public Fact<NumberSetting> RequiredClasses()
    {
        if (_isOpen)
        {
            return default;
        }

        if (_entry is null)
        {
            return NumberSetting.ByDefault(0);
        }

        var classes = Number("minclass", 0);
        var asked = Credits.Select(c => Number(c, 0)).Where(c => c.Value < 0).ToList();
        return asked.Count > (classes.Value ?? 0) ? asked[0] with { Value = asked.Count } : classes;
    }

    public Fact<FlagSetting> EnforcedForRoot()
    {
        if (_isOpen)
        {
            return default;
        }

        if (_entry is null)
        {
            return FlagSetting.ByDefault(false);
        }

        return _entry.Has("enforce_for_root") ? FlagSetting.At(_entry.Line, true)
            : _lines.FindLast(l => l.Text.Trim() == "enforce_for_root") is { } line && _entry.Module == "pam_pwquality" ? FlagSetting.At(line, true) : FlagSetting.ByDefault(false);
    }

    private (PamAnswer Answer, string Why) Effect(IReadOnlyList<PamEntry> stack, PamEntry entry)
    {
        if (entry.Module == "pam_pwquality" && Of(entry, "enforcing", 1) is var enforcing && enforcing.Value is null or 0)
        {
            return (PamAnswer.No, $"{entry.Module} 只警告、不拒绝：enforcing = {(enforcing.Value is null ? "（不是数字）" : "0")}（{enforcing.Origin}）");
        }

        return PamQuestion.Prevents(stack, entry) switch
        {
            PamAnswer.Always => (PamAnswer.Always, ""),
            PamAnswer.No => (PamAnswer.No, $"{entry.Module} 拒绝的口令仍可由 pam_unix 设上：按控制字与先后次序，有一条路绕过它，或它拒绝后 pam_unix（没有 use_authtok）另要一个口令"),
            _ => (PamAnswer.Open, $"{entry.Module} 能否拒绝弱口令，取决于这里不认识的模块或控制字"),
        };
    }

    private NumberSetting Number(string key, long standard) => Of(_entry!, key, standard);

    private NumberSetting Of(PamEntry entry, string key, long standard)
    {
        if (entry.Argument(key) is { Length: > 0 } own)
        {
            return NumberSetting.At(entry.Line, Parse(own));
        }

        return entry.Module == "pam_pwquality" && _lines.FindLast(l => Key(l.Text) == key) is { } line
            ? NumberSetting.At(line, Parse(line.Text[(line.Text.IndexOf('=', StringComparison.Ordinal) + 1)..]))
            : NumberSetting.ByDefault(standard);
    }

    private static bool IsUnderstood(string text) => text.Trim() is var line
        && (line.Length == 0 || line[0] == '#' || Flags.Any(f => f == line) || (Key(line) is { } key && Keys.Any(k => k == key)));

    private static string? Key(string text) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? text[..at].Trim() : null;

    private static long? Parse(string text) => long.TryParse(text.Split('#')[0].Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
