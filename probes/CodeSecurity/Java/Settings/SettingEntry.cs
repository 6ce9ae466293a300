namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>One value of a file of settings.</summary>
/// <param name="Key">As <see cref="SettingKey.Canonical"/> writes it.</param>
/// <param name="Value">As it is written, without quotes; values of a list with commas between.</param>
/// <param name="Line">Of its key, counted from 1.</param>
/// <param name="Profile">Environments it holds for, as the file says it; null where it holds always.</param>
internal sealed record SettingEntry(string Key, string Value, int Line, string? Profile)
{
    /// <summary>It is part of a list whose other parts may stand elsewhere: none of them takes the place of another.</summary>
    public bool IsItem { get; init; }
}

/// <summary>What a value is worth in one environment.</summary>
/// <param name="Text">Null where nothing here says it.</param>
/// <param name="IsCut">It is beyond a cap, or takes too many look-ups: that is told, and excuses nothing.</param>
internal readonly record struct SettingValue(string? Text, bool IsCut)
{
    public static SettingValue Cut { get; } = new(null, true);

    /// <summary>Whoever starts the system says it.</summary>
    public static SettingValue Unknown { get; } = new(null, false);
}

/// <summary>A file of settings as it was read.</summary>
/// <param name="Path">Relative to the tree.</param>
/// <param name="Entries">In order; of Spring a later one of a key takes the place of an earlier one for the same environments.</param>
/// <param name="HasHidden">Something of it is not known: aliases, or what was beyond a cap. That a key is missing cannot be said.</param>
internal sealed record SettingFile(string Path, IReadOnlyList<SettingEntry> Entries, bool HasHidden)
{
    /// <summary>It belongs to Spring; other files are flattened markup.</summary>
    public bool IsSpring { get; init; }

    /// <summary>What of it lies beyond a cap and was not read; null where nothing does.</summary>
    public string? Left { get; init; }
}

/// <summary>A file of settings could not be read.</summary>
internal sealed class SettingFaultException(string message) : Exception(message);
