using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Items over files: 1-1, 1-9 to 1-11, 2-7 to 2-9, 2-11.</summary>
internal static class ContentItems
{
    public static ItemTally Sizes(BatchReading batch)
    {
        var tally = Begin(batch, "元数据里的文件大小", "包里文件的字节数");
        batch.Packages.ToList().ForEach(p => NoteUnlisted(tally, p));
        foreach (var (package, listed, file) in Pairs(batch, tally))
        {
            if (listed.Size is not { Length: > 0 } size)
            {
                tally.CouldNot($"{package.Name} {listed.Path}：元数据没有文件大小");
            }
            else if (file is not { Fault: null })
            {
                tally.CouldNot($"{package.Name} {listed.Path}：{(file is null ? "包里没有" : "没有读到底")}，大小没有比");
            }
            else
            {
                var isNumber = long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes);
                tally.Compare(isNumber && bytes == file.Bytes, $"{package.Name} {listed.Path}", size, string.Create(CultureInfo.InvariantCulture, $"{file.Bytes} 字节"));
            }
        }

        return tally;
    }

    public static ItemTally Attributes(BatchReading batch)
    {
        var tally = Begin(batch, "元数据里的文件名与格式，以及扩展名", "包里的文件名与内容的真实格式");
        foreach (var (package, listed, file) in Pairs(batch, tally))
        {
            if (file is null)
            {
                if (Renamed(package, listed) is { } other)
                {
                    tally.Differ($"{package.Name} 文件名", listed.Path, other.Path);
                }
                else
                {
                    tally.CouldNot($"{package.Name} {listed.Path}：包里没有，格式没有比");
                }

                continue;
            }

            if (file.Format is not { Broken: null } seen || file.Fault is not null)
            {
                tally.CouldNot($"{package.Name} {listed.Path}：内容不完整，格式没有比");
                continue;
            }

            var before = tally.Comparisons;
            if (listed.Format is { Length: > 0 } format)
            {
                tally.Compare(FormatNames.AreSame(format, seen), $"{package.Name} {listed.Path}", $"元数据写 {format}", $"内容是 {seen.Title}");
            }

            if (FormatNames.OfExtension(file.Path) is { } extension)
            {
                tally.Compare(FormatNames.AreSame(extension, seen), $"{package.Name} {listed.Path}", $"扩展名是 {extension}", $"内容是 {seen.Title}");
            }

            if (tally.Comparisons == before)
            {
                tally.CouldNot($"{package.Name} {listed.Path}：元数据没有写格式，扩展名也看不出格式，没有比");
            }
        }

        return tally;
    }

    public static ItemTally References(BatchReading batch)
    {
        var tally = Begin(batch, "元数据里的文件清单", "包里的文件（两个方向）");
        foreach (var (package, listed, file) in Pairs(batch, tally))
        {
            if (file is null && package.Bag?.Fetched.Contains(listed.Path) == true)
            {
                tally.CouldNot($"{package.Name} {listed.Path}：fetch.txt 说它在包外，没有去取");
                continue;
            }

            tally.Compare(file is not null, $"{package.Name} {listed.Path}", "元数据里有", "包里没有");
        }

        foreach (var package in batch.Packages.Where(p => p is { Listed: not null, ListedCut: null }))
        {
            foreach (var file in package.Contents.Where(f => !SurplusNames.IsLeftBehind(f.Path)))
            {
                tally.Compare(package.Lists(file.Path), $"{package.Name} {file.Path}", "包里有", "元数据里没有");
            }
        }

        return tally;
    }

    public static ItemTally Completeness(BatchReading batch)
    {
        var tally = new ItemTally("内容数据读到的字节、校验值与页数", "容器声明的长度与 CRC-32，以及元数据里的页数");
        batch.NoteUnreadContent(tally);
        foreach (var package in batch.Packages)
        {
            foreach (var file in package.Files)
            {
                tally.Compare(file.Fault is null, $"{package.Name} {file.Path}", "没有读到底", file.Fault?.Detail ?? "", file.Fault is null ? null : $"{EnumWords.Say(file.Fault.Kind)}：{file.Fault.Detail}");
            }

            foreach (var fault in package.Faults.Where(f => f.Kind is (ContainerFaultKind.WrongCrc or ContainerFaultKind.WrongLength or ContainerFaultKind.Unreadable) && !package.Files.Exists(o => o.Path == f.Path && o.Fault is not null)))
            {
                tally.Differ(fault.Path is null ? package.Name : $"{package.Name} {fault.Path}", EnumWords.Say(fault.Kind), fault.Detail);
            }

            Pages(batch, tally, package);
        }

        return tally;
    }

    public static ItemTally Attachments(BatchReading batch)
    {
        var tally = Begin(batch, "元数据里声明的附件", "包里的文件");
        foreach (var (package, listed, file) in Pairs(batch, tally).Where(p => p.Listed.IsAttachment))
        {
            tally.Compare(file is { Fault: null, Bytes: > 0 }, $"{package.Name} {listed.Path}", "元数据里是附件", file is null ? "包里没有" : "读不出内容");
        }

        if (tally.Comparisons == 0)
        {
            tally.CouldNot("元数据没有声明附件");
        }

        return tally;
    }

    public static ItemTally Scope(BatchReading batch)
    {
        var tally = Begin(batch, "包里文件的种类", "归档范围里规定的种类");
        if (batch.Profile.Kinds.Count == 0)
        {
            tally.CouldNot("信息包规范没有规定归档范围；事项的归档范围没有给出");
            return tally;
        }

        foreach (var package in batch.Packages)
        {
            if (package.Listed is null || package.ListedCut is not null)
            {
                tally.CouldNot($"{package.Name}：{package.ListedCut ?? "没有读出文件清单"}，种类没有比全");
            }

            foreach (var kind in batch.Profile.Kinds.Where(k => k.IsRequired && package is { Listed: not null, ListedCut: null }))
            {
                tally.Compare(package.Listed!.Exists(l => l.Kind?.StartsWith(kind.Code, StringComparison.Ordinal) == true), $"{package.Name} {kind.Title}", "没有", $"必有（种类代码 {kind.Code}）");
            }

            foreach (var listed in package.Listed ?? [])
            {
                tally.Compare(listed.Kind is { Length: > 0 } code && batch.Profile.Kinds.Any(k => code.StartsWith(k.Code, StringComparison.Ordinal)), $"{package.Name} {listed.Path}", listed.Kind ?? "没有种类代码", string.Join("、", batch.Profile.Kinds.Select(k => $"{k.Code} {k.Title}")));
            }
        }

        return tally;
    }

    public static ItemTally Counts(BatchReading batch)
    {
        var tally = new ItemTally("元数据里的文件数", "包里内容文件的个数");
        batch.NoteUnread(tally);
        foreach (var package in batch.Packages.Where(p => p.Records.Count > 0 || p.Bag is not null))
        {
            var found = package.Contents.Count(f => !SurplusNames.IsLeftBehind(f.Path));
            if (package.Bag is { } bag)
            {
                if (bag.Fetched.Count > 0)
                {
                    tally.CouldNot($"{package.Name}：有文件在包外（fetch.txt），总数没有比");
                }
                else if (bag.Oxum is { } oxum)
                {
                    tally.Compare(oxum.Files == found && oxum.Bytes == package.Contents.Sum(f => f.Bytes), $"{package.Name} Payload-Oxum", $"{oxum.Bytes}.{oxum.Files}", $"{package.Contents.Sum(f => f.Bytes)}.{found}");
                }
                else
                {
                    tally.CouldNot($"{package.Name}：bag-info.txt 没有 Payload-Oxum");
                }

                continue;
            }

            if (batch.Profile.FileCount is { } name && package.Records[0].Values.FirstOrDefault(v => v.Name == name) is { } declared)
            {
                tally.Compare(declared.Value.Trim() == found.ToString(CultureInfo.InvariantCulture), $"{package.Name} {name}", declared.Value, $"{found} 个文件");
            }
            else if (package.ListedCut is { } cut)
            {
                tally.CouldNot($"{package.Name}：{cut}，个数没有比");
            }
            else if (package.Listed is { } listed)
            {
                tally.Compare(listed.Count == found, $"{package.Name} 文件清单", $"{listed.Count} 个", $"{found} 个文件");
            }
            else
            {
                tally.CouldNot($"{package.Name}：元数据没有文件数，也没有文件清单");
            }
        }

        return tally;
    }

    private static void Pages(BatchReading batch, ItemTally tally, PackageReading package)
    {
        if (batch.Profile.PageCount is not { } name || package.Records.SelectMany(r => r.Values).FirstOrDefault(v => v.Name == name) is not { Value: var declared } || ValueItems.Clean(declared).Length == 0)
        {
            return;
        }

        var contents = package.Contents.ToList();
        if (contents.TrueForAll(f => f.Format?.Pages is not null) && contents.Count > 0)
        {
            var pages = contents.Sum(f => f.Format!.Pages!.Value);
            tally.Compare(declared.Trim() == pages.ToString(CultureInfo.InvariantCulture), $"{package.Name} 页数", declared, $"{pages} 页");
        }
        else
        {
            tally.CouldNot($"{package.Name}：有内容数不出页数，页数没有比");
        }
    }

    private static ItemTally Begin(BatchReading batch, string left, string right)
    {
        var tally = new ItemTally(left, right);
        batch.NoteUnreadContent(tally);
        return tally;
    }

    internal static IEnumerable<(PackageReading Package, ListedFile Listed, PackageFile? File)> Pairs(BatchReading batch, ItemTally tally)
    {
        foreach (var package in batch.Packages)
        {
            if (package.Listed is null)
            {
                tally.CouldNot($"{package.Name}：没有读出文件清单");
                continue;
            }

            if (package.ListedCut is { } cut)
            {
                tally.CouldNot($"{package.Name}：{cut}");
            }

            foreach (var listed in package.Listed)
            {
                yield return (package, listed, package.File(listed.Path));
            }
        }
    }

    /// <summary>Says for an item over listed files which files are not.</summary>
    internal static void NoteUnlisted(ItemTally tally, PackageReading package) =>
        tally.CouldNot(package.Name, [.. package.Unlisted.Select(f => f.Path)], "包里有，清单里没有，没有可比的值");

    /// <summary>The one unlisted file of the same size in the same folder, where a listed one is missing.</summary>
    private static PackageFile? Renamed(PackageReading package, ListedFile listed)
    {
        var folder = listed.Path[..(listed.Path.LastIndexOf('/') + 1)];
        var alike = package.Unlisted.Where(f => f.Path.StartsWith(folder, StringComparison.Ordinal) && f.Bytes.ToString(CultureInfo.InvariantCulture) == listed.Size).Take(2).ToList();
        return alike is [var one] ? one : null;
    }
}
