using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>login.defs(5): of several lines the last one counts; what follows the first word of the value is no part of it.</summary>
internal static class LoginDefs
{
    public const string Path = "/etc/login.defs";

    public static (string Value, ConfigLine Line)? Find(HostSnapshot snapshot, string key)
    {
        var found = (snapshot.Lines(Path) ?? []).Select(l => (Line: l, Words: l.Text.Split([' ', '\t', '"'], StringSplitOptions.RemoveEmptyEntries)))
            .LastOrDefault(l => l.Words.Length > 1 && l.Words[0] == key);
        return found.Line is null ? null : (found.Words[1], found.Line);
    }

    /// <summary>Null where it is not written, or written so that it limits nothing.</summary>
    public static NumberSetting Number(HostSnapshot snapshot, string key) => Find(snapshot, key) is { } found
        ? NumberSetting.At(found.Line, long.TryParse(found.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= 0 ? number : null)
        : NumberSetting.ByDefault(null);
}
