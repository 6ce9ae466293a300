using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Everything that was handed in together, and what it is compared with.</summary>
internal sealed record BatchReading
{
    public const string PassedOver = "信息包或旁边的文件没有全部读：太多，或有不跟随的符号链接";

    public required PackageProfile Profile { get; init; }

    /// <summary>Null where there is none; items over values stay open then.</summary>
    public required MetadataScheme? Scheme { get; init; }

    public required IReadOnlyList<PackageReading> Packages { get; init; }

    /// <summary>Null where none was found.</summary>
    public TransferReading? Transfer { get; init; }

    /// <summary>Null where none was given, and the transfer list has no totals.</summary>
    public RegisterReading? Register { get; init; }

    /// <summary>Files beside the packages, lists too.</summary>
    public IReadOnlyList<FileDigest> Beside { get; init; } = [];

    /// <summary>Names of those of them that could not be read.</summary>
    public IReadOnlyList<string> BesideUnread { get; init; } = [];

    /// <summary>What was handed in is a folder that is one package itself.</summary>
    public bool IsOnePackage { get; init; }

    /// <summary>Files beside the packages that nothing speaks of.</summary>
    public IReadOnlyList<string> Surplus { get; init; } = [];

    /// <summary>False where not every package was taken.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>True where somebody gave what tells of revoked certificates.</summary>
    public bool KnowsRevocations { get; init; }

    /// <summary>Time of the look in Beijing.</summary>
    public required DateTime Now { get; init; }

    /// <summary>Records with what the transfer list says of the package where its own metadata does not say it.</summary>
    public IEnumerable<(PackageReading Package, MetadataRecord Record)> Records => Packages.Where(p => Transfer?.Cut is null || Transfer.EntryOf(p) is not null).SelectMany(p => p.Records.Select(r => (p, WithList(p, r))));

    private MetadataRecord WithList(PackageReading package, MetadataRecord record) => Transfer?.EntryOf(package) is { } entry && package.Records.Count == 1
        ? record with { Values = [.. record.Values, .. entry.Values.Where(v => !record.Values.Any(o => o.Name == v.Name))] }
        : record;

    /// <summary>Says for an item over metadata which packages have none that could be read.</summary>
    public void NoteUnread(ItemTally tally)
    {
        NotePassedOver(tally);
        if (Transfer?.Cut is { } cut)
        {
            tally.CouldNot(cut);
        }

        foreach (var package in Packages.Where(p => p.RecordsCut is not null))
        {
            tally.CouldNot($"{package.Name}：{package.RecordsCut}");
        }

        foreach (var package in Packages.Where(p => p.Records.Count == 0))
        {
            tally.CouldNot($"{package.Name}：没有读出元数据");
        }
    }

    /// <summary>The same for an item over content.</summary>
    public void NoteUnreadContent(ItemTally tally)
    {
        NotePassedOver(tally);
        foreach (var package in Packages.Where(p => p.Files.Count == 0))
        {
            tally.CouldNot($"{package.Name}：没有读出任何文件");
        }
    }

    /// <summary>Says for any item that something which was handed in was not looked at.</summary>
    public void NotePassedOver(ItemTally tally)
    {
        if (!IsWhole)
        {
            tally.CouldNot(PassedOver);
        }
    }
}
