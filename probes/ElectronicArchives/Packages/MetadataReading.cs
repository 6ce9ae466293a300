using System.Xml.Linq;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Takes records, lists of files and steps out of metadata files, as the profile says where they stand.</summary>
internal static class MetadataReading
{
    private const int MaxRecords = 100_000;
    private const int MaxListed = 200_000;

    public static void Finish(PackageProfile profile, PackageReading reading)
    {
        if (reading.Metadata is { } root)
        {
            var records = profile.Record is { } record ? PackageMarkup.Named(root, record).Take(MaxRecords + 1).ToList() : [root];
            reading.RecordsCut = records.Count > MaxRecords ? $"元数据超过 {MaxRecords} 件，只读了前 {MaxRecords} 件" : null;
            foreach (var (element, index) in records.Take(MaxRecords).Select((e, i) => (e, i)))
            {
                reading.Records.Add(new MetadataRecord(records.Count == 1 && profile.Record is null ? reading.Name : $"{reading.Name} 第 {index + 1} 件", Values(profile, element, reading.MetadataPath!)));
            }

            if (profile.Files is { } listing)
            {
                var listed = PackageMarkup.Named(root, listing.Element).Take(MaxListed + 1).ToList();
                reading.ListedCut = listed.Count > MaxListed ? $"文件清单超过 {MaxListed} 条，只读了前 {MaxListed} 条" : null;
                reading.Listed = [.. listed.Take(MaxListed).Select(e => Listed(listing, e))];
            }
        }

        if (profile.Process is { } process)
        {
            var steps = reading.Trees.SelectMany(t => PackageMarkup.Named(t.Root, process.Element)).Select(e => new ProcessRecord(
                (PackageMarkup.Of(e, process.Code) ?? "").Trim(), PackageMarkup.Of(e, process.Time)?.Trim(), PackageMarkup.Of(e, process.Actor)?.Trim())).ToList();
            reading.Steps = steps.Count == 0 ? null : steps;
        }
    }

    /// <summary>Values of a record, without those of the files and steps in it.</summary>
    private static List<NamedValue> Values(PackageProfile profile, XElement record, string source)
    {
        var values = new List<NamedValue>();
        var pending = new Stack<XElement>([record]);
        while (pending.TryPop(out var element))
        {
            foreach (var child in element.Elements().Reverse())
            {
                if (child.Name.LocalName != profile.Files?.Element && child.Name.LocalName != profile.Process?.Element)
                {
                    pending.Push(child);
                }
            }

            if (!element.HasElements && element != record)
            {
                values.Add(new NamedValue(element.Name.LocalName, element.Value, source));
            }
        }

        return values;
    }

    private static ListedFile Listed(FileListing listing, XElement element)
    {
        var name = (PackageMarkup.Of(element, listing.Name) ?? "").Trim().Replace('\\', '/');
        return new ListedFile(name.Contains('/', StringComparison.Ordinal) || Folder(listing, element) is not { Length: > 0 } folder ? name.TrimStart('/') : $"{folder}/{name}")
        {
            Size = PackageMarkup.Of(element, listing.Size)?.Trim(),
            Format = PackageMarkup.Of(element, listing.Format)?.Trim(),
            Created = PackageMarkup.Of(element, listing.Created)?.Trim(),
            Kind = PackageMarkup.Of(element, listing.Kind)?.Trim(),
            IsAttachment = PackageMarkup.Of(element, listing.Attachment)?.Trim() is "1" or "true" or "是",
            Digest = PackageMarkup.Of(element, listing.Digest)?.Trim(),
            Algorithm = PackageMarkup.Of(element, listing.Algorithm)?.Trim(),
        };
    }

    private static string? Folder(FileListing listing, XElement element)
    {
        if (listing.Folder?.Split('@') is not [var ancestor, var attribute])
        {
            return null;
        }

        return element.Ancestors().FirstOrDefault(a => a.Name.LocalName == ancestor)?.Attributes().FirstOrDefault(a => a.Name.LocalName == attribute)?.Value.Trim();
    }
}
