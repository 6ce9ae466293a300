using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Makes every item of a batch.</summary>
internal static class ItemComparing
{
    private const int ShownProblems = 200;

    public static ArchivePackageRecord Of(BatchReading batch, VirusScan scan, ArchiveStage stage) => new()
    {
        Profile = batch.Profile.File.Id,
        Stage = stage,
        Scheme = batch.Scheme?.File.Id,
        Packages = batch.Packages.Count,
        Files = batch.Packages.Sum(p => p.Files.Count),
        Bytes = batch.Packages.Sum(p => p.Bytes),
        Problems = [.. Problems(batch).Take(ShownProblems)],
        EepChecks = EepTable.Of(batch),
        Fixity = FixityItem.Of(batch).Build(ArchiveItems.Fixity, stage),
        ValueLengths = ValueItems.Lengths(batch).Build(ArchiveItems.ValueLengths, stage),
        ValueForms = ValueItems.Forms(batch).Build(ArchiveItems.ValueForms, stage),
        ValueDomains = ValueItems.Domains(batch).Build(ArchiveItems.ValueDomains, stage),
        ValuePlausibility = ValueItems.Plausibility(batch).Build(ArchiveItems.ValuePlausibility, stage),
        SpecialCharacters = ValueItems.Characters(batch).Build(ArchiveItems.SpecialCharacters, stage),
        RecordNumbers = ValueItems.RecordNumbers(batch).Build(ArchiveItems.RecordNumbers, stage),
        Duplicates = ValueItems.Duplicates(batch).Build(ArchiveItems.Duplicates, stage),
        ContentSizes = ContentItems.Sizes(batch).Build(ArchiveItems.ContentSizes, stage),
        ElectronicAttributes = ContentItems.Attributes(batch).Build(ArchiveItems.ElectronicAttributes, stage),
        FileReferences = ContentItems.References(batch).Build(ArchiveItems.FileReferences, stage),
        DescriptiveFiles = PackageItems.Documents(batch).Build(ArchiveItems.DescriptiveFiles, stage),
        FolderStructure = PackageItems.Structure(batch).Build(ArchiveItems.FolderStructure, stage),
        PackageDigest = PackageItems.Digests(batch).Build(ArchiveItems.PackageDigest, stage),
        TotalCount = TotalItems.Count(batch).Build(ArchiveItems.TotalCount, stage),
        TotalBytes = TotalItems.Bytes(batch).Build(ArchiveItems.TotalBytes, stage),
        ElementPresence = ElementItems.Presence(batch).Build(ArchiveItems.ElementPresence, stage),
        MandatoryValues = ElementItems.Mandatory(batch).Build(ArchiveItems.MandatoryValues, stage),
        ProcessStages = ElementItems.Process(batch).Build(ArchiveItems.ProcessStages, stage),
        SerialContinuity = ElementItems.Serials(batch).Build(ArchiveItems.SerialContinuity, stage),
        ContentCompleteness = ContentItems.Completeness(batch).Build(ArchiveItems.ContentCompleteness, stage),
        Attachments = ContentItems.Attachments(batch).Build(ArchiveItems.Attachments, stage),
        ArchivingScope = ContentItems.Scope(batch).Build(ArchiveItems.ArchivingScope, stage),
        PackageMetadata = PackageItems.Metadata(batch).Build(ArchiveItems.PackageMetadata, stage),
        PackageContents = ContentItems.Counts(batch).Build(ArchiveItems.PackageContents, stage),
        MetadataReadability = FormatItems.Metadata(batch).Build(ArchiveItems.MetadataReadability, stage),
        DatabaseAccess = HandItems.Database().Build(ArchiveItems.DatabaseAccess, stage),
        ContentFormats = FormatItems.Allowed(batch).Build(ArchiveItems.ContentFormats, stage),
        ContentReadability = FormatItems.Readability(batch).Build(ArchiveItems.ContentReadability, stage),
        LongTermFormats = FormatItems.LongTerm(batch).Build(ArchiveItems.LongTermFormats, stage),
        SoftwareEnvironment = FormatItems.Software(batch).Build(ArchiveItems.SoftwareEnvironment, stage),
        BackupReadability = HandItems.Backup().Build(ArchiveItems.BackupReadability, stage),
        PackageFormats = PackageItems.Formats(batch).Build(ArchiveItems.PackageFormats, stage),
        AntivirusPresence = scan.Presence.Build(ArchiveItems.AntivirusPresence, stage),
        VirusInfection = scan.Infection.Build(ArchiveItems.VirusInfection, stage),
        SurplusFiles = PackageItems.Surplus(batch).Build(ArchiveItems.SurplusFiles, stage),
        CarrierSpeed = HandItems.Speed().Build(ArchiveItems.CarrierSpeed, stage),
        CarrierAppearance = HandItems.Appearance().Build(ArchiveItems.CarrierAppearance, stage),
        DiscQuality = HandItems.Disc().Build(ArchiveItems.DiscQuality, stage),
        ProcessSafety = HandItems.Process().Build(ArchiveItems.ProcessSafety, stage),
    };

    private static IEnumerable<string> Problems(BatchReading batch)
    {
        if (!batch.IsWhole)
        {
            yield return BatchReading.PassedOver;
        }

        foreach (var package in batch.Packages)
        {
            foreach (var fault in package.Faults)
            {
                yield return $"{package.Name}{(fault.Path is null ? "" : $" {ItemTally.Shown(fault.Path)}")}：{EnumWords.Say(fault.Kind)}，{ItemTally.Shown(fault.Detail)}";
            }

            foreach (var file in package.Files.Where(f => f.Fault is not null))
            {
                yield return $"{package.Name} {ItemTally.Shown(file.Path)}：{EnumWords.Say(file.Fault!.Kind)}，{ItemTally.Shown(file.Fault.Detail)}";
            }

            foreach (var (path, why) in package.Unreadable)
            {
                yield return $"{package.Name} {ItemTally.Shown(path)}：{ItemTally.Shown(why)}";
            }
        }
    }
}
