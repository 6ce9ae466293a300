using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>How many old passwords are refused: by pam_pwhistory where its refusal leaves no way to pam_unix, else by pam_unix itself.</summary>
internal static class PasswordHistory
{
    private const string Standard = "/etc/security/pwhistory.conf";

    /// <param name="snapshot">Of the host.</param>
    /// <param name="stack">The modules that change passwords.</param>
    /// <param name="isWhole">No line of the service is beyond us.</param>
    /// <param name="notes">Why a line that stands there has no effect.</param>
    public static Fact<NumberSetting> Of(HostSnapshot snapshot, IReadOnlyList<PamEntry> stack, bool isWhole, List<Sighting> notes)
    {
        if (!isWhole)
        {
            return default;
        }

        foreach (var entry in stack.Where(e => e.Module == "pam_pwhistory"))
        {
            switch (PamQuestion.Prevents(stack, entry))
            {
                case PamAnswer.Always:
                    return Remember(snapshot, entry);
                case PamAnswer.Open:
                    notes.Add(new Sighting("pam_pwhistory 能否拒绝旧口令，取决于这里不认识的模块或控制字", entry.Line.Place));
                    return default;
                default:
                    notes.Add(new Sighting("pam_pwhistory 拒绝的旧口令仍可由 pam_unix 设上：按控制字与先后次序，有一条路绕过它，或 pam_unix 没有 use_authtok", entry.Line.Place));
                    break;
            }
        }

        var unix = stack.Where(e => PamModules.IsLocal(e.Module)).Select(e => (Entry: e, Count: Parse(e.Argument("remember")) ?? 0)).OrderBy(e => e.Count).ToList();
        return unix is [{ Count: > 0 } least, ..] ? NumberSetting.At(least.Entry.Line, least.Count) : NumberSetting.ByDefault(null);
    }

    private static NumberSetting Remember(HostSnapshot snapshot, PamEntry entry)
    {
        if (entry.Argument("remember") is { } own)
        {
            return NumberSetting.At(entry.Line, Parse(own));
        }

        var path = entry.Argument("conf") is { Length: > 0 } other ? other : Standard;
        var file = (path != Standard || snapshot.Find(path).Exists ? snapshot.Lines(path) ?? [] : []).LastOrDefault(l => l.Text.Split('=')[0].Trim() == "remember");
        return file is not null ? NumberSetting.At(file, Parse(file.Text[(file.Text.IndexOf('=', StringComparison.Ordinal) + 1)..])) : NumberSetting.At(entry.Line, 10);
    }

    private static long? Parse(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;
}
