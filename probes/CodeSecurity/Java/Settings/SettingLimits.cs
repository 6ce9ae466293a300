namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>How much of the files of settings is read; what lies beyond is told and not judged.</summary>
/// <param name="Characters">Of a file.</param>
/// <param name="Entries">Of a file.</param>
/// <param name="Depth">Of nested keys.</param>
/// <param name="Files">Of a tree.</param>
/// <param name="Time">Of all of them together.</param>
internal sealed record SettingLimits(int Characters, int Entries, int Depth, int Files, TimeSpan Time)
{
    public static SettingLimits Default { get; } = new(1_000_000, 20_000, 32, 5_000, TimeSpan.FromSeconds(60));
}
