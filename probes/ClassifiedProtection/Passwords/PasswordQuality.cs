using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// What pam_pwquality or pam_cracklib asks of a new password. Arguments of the PAM line go before the drop-in files, of which the later
/// ones win, and these before pwquality.conf. A configuration nobody loads asks nothing.
/// </summary>
internal sealed class PasswordQuality
{
    private const string Main = "/etc/security/pwquality.conf";
    private static readonly string[] Credits = ["dcredit", "ucredit", "lcredit", "ocredit"];
    private readonly PamEntry? _entry;
    private readonly List<ConfigLine> _lines = [];

    public PasswordQuality(HostSnapshot snapshot, IReadOnlyList<PamEntry> stack)
    {
        _entry = stack.FirstOrDefault(e => e is { Type: "password", Module: "pam_pwquality" or "pam_cracklib" });
        Unix = stack.FirstOrDefault(e => e is { Type: "password", Module: "pam_unix" });
        if (_entry?.Module == "pam_pwquality")
        {
            _lines = [.. snapshot.Lines(Main) ?? [], .. snapshot.LinesOf($"{Main}.d/*.conf")];
        }
    }

    private PamEntry? Unix { get; }

    public IReadOnlyList<ConfigLine> Lines => _entry is null ? [] : [_entry.Line, .. _lines.Where(l => l.Text.Trim() is { Length: > 0 } t && t[0] != '#')];

    public WordSetting Module => _entry is null ? WordSetting.ByDefault(null) : WordSetting.At(_entry.Line, _entry.Module);

    public NumberSetting MinLength()
    {
        if (_entry is null)
        {
            return Unix?.Argument("minlen") is { } own && Parse(own) is { } least ? NumberSetting.At(Unix.Line, least) : NumberSetting.ByDefault(null);
        }

        var written = Number("minlen", _entry.Module == "pam_cracklib" ? 9 : 8);
        var earned = Credits.Sum(c => Math.Max(0, Number(c, _entry.Module == "pam_cracklib" ? 1 : 0).Value ?? 0));
        return written with { Value = Math.Max(6, (written.Value ?? 0) - earned) };
    }

    public NumberSetting RequiredClasses()
    {
        if (_entry is null)
        {
            return NumberSetting.ByDefault(0);
        }

        var classes = Number("minclass", 0);
        var asked = Credits.Select(c => Number(c, 0)).Where(c => c.Value < 0).ToList();
        return asked.Count > (classes.Value ?? 0) ? asked[0] with { Value = asked.Count } : classes;
    }

    public FlagSetting EnforcedForRoot()
    {
        if (_entry?.Argument("enforce_for_root") is not null)
        {
            return FlagSetting.At(_entry.Line, true);
        }

        return _lines.LastOrDefault(l => l.Text.Trim() == "enforce_for_root") is { } line ? FlagSetting.At(line, true) : FlagSetting.ByDefault(false);
    }

    private NumberSetting Number(string key, long standard)
    {
        if (_entry!.Argument(key) is { Length: > 0 } own)
        {
            return NumberSetting.At(_entry.Line, Parse(own));
        }

        return _lines.LastOrDefault(l => Key(l.Text) == key) is { } line
            ? NumberSetting.At(line, Parse(line.Text[(line.Text.IndexOf('=', StringComparison.Ordinal) + 1)..]))
            : NumberSetting.ByDefault(standard);
    }

    private static string? Key(string text) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? text[..at].Trim() : null;

    private static long? Parse(string text) => long.TryParse(text.Split('#')[0].Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
