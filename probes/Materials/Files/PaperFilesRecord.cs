using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>What lies there, by content.</summary>
public sealed record PaperFilesRecord
{
    [Description("文件数")]
    public required int Files { get; init; }

    [Description("格式")]
    public required IReadOnlyList<string> Formats { get; init; }

    /// <summary>Of all files; missing where one does not say.</summary>
    [Description("页数")]
    public Fact<int> Pages { get; init; }

    /// <summary>True where every file was read from end to end, false where one does not open; missing where people have to look.</summary>
    [Description("全部打得开、读得出")]
    public Fact<bool> IsReadable { get; init; }

    /// <summary>Encrypted or broken ones: nobody can read them.</summary>
    [Description("打不开的文件")]
    public required IReadOnlyList<string> Unopenable { get; init; }

    /// <summary>Pictures, scans, old formats: people can read them.</summary>
    [Description("要由人看的文件")]
    public required IReadOnlyList<string> ForPeople { get; init; }
}
