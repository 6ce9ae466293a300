using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Which profile and scheme a target is read by.</summary>
internal static class ArchiveChoices
{
    /// <summary>Of who names none.</summary>
    public const string UsualProfile = "p-zwfw";

    /// <exception cref="UnableException">It names one that the rules do not have.</exception>
    public static (PackageProfile Profile, MetadataScheme? Scheme) Of(ArchivePackage target, ProbeTables tables)
    {
        var profile = target.OwnProfile ?? tables.Packages.FirstOrDefault(p => p.File.Id == (target.Profile ?? UsualProfile))
            ?? throw Unknown("信息包规范", target.Profile ?? UsualProfile, tables.Packages.Select(p => p.File.Id));
        var scheme = target.OwnScheme ?? ((target.Scheme ?? profile.Scheme) is not { } id ? null : tables.Schemes.FirstOrDefault(s => s.File.Id == id) ?? throw Unknown("元数据方案", id, tables.Schemes.Select(s => s.File.Id)));
        return (profile, scheme);
    }

    private static UnableException Unknown(string what, string id, IEnumerable<string> known) =>
        new(FailureKind.BadInput, $"没有{what} {id}，现有：{string.Join("、", known)}；也可以写自己的 .yaml 文件");
}
