namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Items 3-1 and 3-3 to 3-6: whether metadata and content can be read, now and later.</summary>
internal static class FormatItems
{
    public static ItemTally Metadata(BatchReading batch)
    {
        var tally = new ItemTally("元数据文件的字节", "完整的 XML：声明的编码与实际一致，没有 DTD（BagIt 为 UTF-8 文本）");
        batch.NotePassedOver(tally);
        foreach (var package in batch.Packages)
        {
            tally.Same(package.ReadableMetadata);
            package.Unreadable.ForEach(u => tally.Differ($"{package.Name} {u.Path}", u.Why, "可以读出", u.Why));
            if (package.ReadableMetadata == 0 && package.Unreadable.Count == 0)
            {
                tally.CouldNot($"{package.Name}：没有元数据文件");
            }
        }

        if (batch.Transfer is { } transfer)
        {
            if (transfer.IsUnread)
            {
                tally.CouldNot($"{transfer.Name}：{transfer.Fault}");
                return tally;
            }

            tally.Compare(transfer.Fault is null, transfer.Name, transfer.Fault ?? "", "可以读出");
        }

        return tally;
    }

    public static ItemTally Allowed(BatchReading batch) => OverContents(batch, "内容的真实格式", "规范允许的格式", batch.Profile.Formats, "规范没有列出允许的格式", (tally, file, place) =>
        tally.Compare(batch.Profile.Formats.Any(f => FormatNames.AreSame(f, file.Format!)), place, file.Format!.Title, string.Join("、", batch.Profile.Formats)));

    public static ItemTally Readability(BatchReading batch)
    {
        var tally = new ItemTally("内容文件的字节", "该格式完整、可以解析的文件");
        batch.NoteUnreadContent(tally);
        foreach (var (package, file) in Contents(batch))
        {
            if (file.Fault is not null || file.Format is null)
            {
                tally.CouldNot($"{package.Name} {file.Path}：没有读到底");
            }
            else if (!file.Format.IsOpened && file.Format.Broken is null)
            {
                tally.CouldNot($"{package.Name} {file.Path}：是{file.Format.Title}，本工具不会打开这种格式或它过大，没有看");
            }
            else
            {
                tally.Compare(file.Format.Broken is null, $"{package.Name} {file.Path}", file.Format.Broken ?? "", $"完整的{file.Format.Title}");
            }
        }

        return tally;
    }

    public static ItemTally LongTerm(BatchReading batch) => OverContents(batch, "内容的真实格式、声明与其中的脚本、嵌入对象", "规范列出的长期保存格式（OFD-A 的规则见 OFD 核验）", batch.Profile.LongTerm, "规范没有列出长期保存格式", (tally, file, place) =>
    {
        var format = file.Format!;
        var isListed = batch.Profile.LongTerm.Any(f => FormatNames.AreSame(f, format));
        var isUndeclared = !isListed && format.Name == "PDF" && batch.Profile.LongTerm.Contains("PDF/A", StringComparer.Ordinal);
        if (format.Vetoes is { Count: > 0 })
        {
            tally.Differ(place, string.Join("、", format.Vetoes), "没有脚本、嵌入文件与启动动作");
        }
        else if (!isListed && !isUndeclared)
        {
            tally.Differ(place, format.Title, string.Join("、", batch.Profile.LongTerm));
        }
        else if (format.Vetoes is null || format.IsEncrypted == true)
        {
            tally.CouldNot($"{place}：是{format.Title}，{(format.IsEncrypted == true ? "已加密" : "没有看完")}，不知道有没有脚本、嵌入文件与启动动作");
        }
        else
        {
            tally.Same();
        }

        if (isUndeclared)
        {
            tally.Remark($"{place} 是 PDF，没有声明 PDF/A");
        }
    });

    public static ItemTally Software(BatchReading batch)
    {
        var tally = new ItemTally("元数据里的软硬件环境", "有说明的值，以及已知的软件");
        batch.NoteUnread(tally);
        foreach (var (_, record) in batch.Records)
        {
            var values = record.Values.Where(v => batch.Profile.Software.Contains(v.Name, StringComparer.Ordinal)).ToList();
            if (values.Count == 0)
            {
                tally.CouldNot($"{record.Place}：元数据没有写软硬件环境");
            }

            foreach (var value in values)
            {
                var text = ValueItems.Clean(value.Value);
                tally.Compare(text.Length > 1 && (batch.Profile.KnownSoftware.Count == 0 || batch.Profile.KnownSoftware.Any(k => text.Contains(k, StringComparison.OrdinalIgnoreCase))), $"{record.Place} {value.Name}", value.Value, batch.Profile.KnownSoftware.Count == 0 ? "有说明" : string.Join("、", batch.Profile.KnownSoftware));
            }
        }

        return tally;
    }

    private static ItemTally OverContents(BatchReading batch, string left, string right, IReadOnlyList<string> list, string missing, Action<ItemTally, PackageFile, string> compare)
    {
        var tally = new ItemTally(left, right);
        batch.NoteUnreadContent(tally);
        if (list.Count == 0)
        {
            tally.CouldNot(missing);
            return tally;
        }

        foreach (var (package, file) in Contents(batch))
        {
            if (file.Fault is not null || file.Format is null || file.Format.Broken is not null)
            {
                tally.CouldNot($"{package.Name} {file.Path}：内容不完整，格式没有比");
            }
            else
            {
                compare(tally, file, $"{package.Name} {file.Path}");
            }
        }

        return tally;
    }

    private static IEnumerable<(PackageReading Package, PackageFile File)> Contents(BatchReading batch) =>
        batch.Packages.SelectMany(p => p.Contents.Where(f => !SurplusNames.IsLeftBehind(f.Path)).Select(f => (p, f)));
}
