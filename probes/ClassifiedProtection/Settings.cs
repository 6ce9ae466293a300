using System.ComponentModel;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Where an effective value comes from.</summary>
public enum SettingSource
{
    /// <summary>Written in a file.</summary>
    [Description("显式配置")]
    Explicit,

    /// <summary>Written nowhere: what the program does by itself.</summary>
    [Description("缺省值，未显式配置")]
    Default,

    /// <summary>As the running system says.</summary>
    [Description("运行值")]
    Running,
}

/// <summary>A word that is in effect.</summary>
public sealed record WordSetting(
    [property: Description("")] string? Value, [property: Description("")] SettingSource Source, [property: Description("出处")] string? Origin)
{
    public static WordSetting At(ConfigLine line, string? value) => new(value, line.Source, line.Place);

    public static WordSetting ByDefault(string? value) => new(value, SettingSource.Default, null);
}

/// <summary>A number that is in effect.</summary>
public sealed record NumberSetting(
    [property: Description("")] long? Value, [property: Description("")] SettingSource Source, [property: Description("出处")] string? Origin)
{
    public static NumberSetting At(ConfigLine line, long? value) => new(value, line.Source, line.Place);

    public static NumberSetting ByDefault(long? value) => new(value, SettingSource.Default, null);
}

/// <summary>A switch that is in effect.</summary>
public sealed record FlagSetting(
    [property: Description("")] bool? Value, [property: Description("")] SettingSource Source, [property: Description("出处")] string? Origin)
{
    public static FlagSetting At(ConfigLine line, bool? value) => new(value, line.Source, line.Place);

    public static FlagSetting ByDefault(bool? value) => new(value, SettingSource.Default, null);
}

/// <summary>A list that is in effect.</summary>
public sealed record ListSetting(
    [property: Description("")] IReadOnlyList<string> Value, [property: Description("")] SettingSource Source, [property: Description("出处")] string? Origin)
{
    public static ListSetting At(ConfigLine line, IReadOnlyList<string> value) => new(value, line.Source, line.Place);

    public static ListSetting ByDefault(IReadOnlyList<string> value) => new(value, SettingSource.Default, null);
}

/// <summary>Something that was found, and where.</summary>
public sealed record Sighting([property: Description("")] string What, [property: Description("出处")] string Origin);
