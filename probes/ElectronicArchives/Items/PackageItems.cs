using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Items over the package as a whole: 1-12 to 1-14, 2-10, 3-8, 4-3.</summary>
internal static class PackageItems
{
    private static readonly ContainerFaultKind[] Structural =
        [ContainerFaultKind.EscapingPath, ContainerFaultKind.Link, ContainerFaultKind.ReservedName, ContainerFaultKind.UndecodableName, ContainerFaultKind.DuplicateName];

    public static ItemTally Documents(BatchReading batch)
    {
        var tally = new ItemTally("说明文件与目录文件里的项目", "规范要求的项目，以及包里的同名值");
        batch.NoteUnreadContent(tally);
        foreach (var package in batch.Packages.Where(p => p.Files.Count > 0))
        {
            if (package.Bag is { } bag)
            {
                Declaration(tally, package.Name, bag);
            }

            foreach (var document in batch.Profile.Documents.Where(d => d.IsRequired))
            {
                Document(tally, package, document);
            }
        }

        if (batch.Profile.TransferList is { } listing)
        {
            TransferList(batch, tally, listing);
        }

        return tally;
    }

    public static ItemTally Structure(BatchReading batch)
    {
        var tally = new ItemTally("包里的目录、文件名与包名", "规范要求的目录结构");
        batch.NoteUnreadContent(tally);
        foreach (var package in batch.Packages)
        {
            Faults(tally, package, Structural);
            if (package.Files.Count == 0)
            {
                continue;
            }

            if (batch.Profile.Metadata is { } metadata)
            {
                tally.Compare(package.MetadataPath is not null || package.Unreadable.Exists(u => NameForms.AreSame(u.Path.ToUpperInvariant(), metadata.ToUpperInvariant())), package.Name, "没有", metadata);
            }

            Folders(batch.Profile, tally, package);
            if (batch.Profile.NamedAfter is { } name && package.Records is [var record] && record.Values.FirstOrDefault(v => v.Name == name) is { } value)
            {
                var own = package.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? package.Name[..^4] : package.Name;
                tally.Compare(NameForms.AreSame(own, ValueItems.Clean(value.Value)), $"{package.Name} 包名", own, $"{name} {value.Value}");
            }
        }

        return tally;
    }

    public static ItemTally Digests(BatchReading batch)
    {
        var tally = new ItemTally("收到的包重新计算的摘要", "发送方在移交目录里写的摘要");
        batch.NotePassedOver(tally);
        if (batch.Profile.TransferList is not { Digest: not null } listing || batch.Transfer is not { Fault: null } transfer)
        {
            tally.CouldNot(batch.Transfer?.Fault is { } fault ? $"移交目录读不出：{fault}" : batch.Profile.TransferList is null ? "信息包规范没有包摘要" : "没有移交目录");
            return tally;
        }

        foreach (var package in batch.Packages)
        {
            if (transfer.EntryOf(package) is not { } entry)
            {
                tally.CouldNot($"{package.Name}：{transfer.Cut ?? "移交目录里没有这个包"}");
            }
            else if (entry.Digest(listing) is not { } stated)
            {
                tally.CouldNot($"{package.Name}：移交目录没有写摘要");
            }
            else if (package.Digests.Count == 0)
            {
                tally.CouldNot($"{package.Name}：是目录，没有包文件可以计算摘要");
            }
            else
            {
                Digest(tally, package, stated);
            }
        }

        return tally;
    }

    public static ItemTally Metadata(BatchReading batch)
    {
        var tally = new ItemTally("包级元数据（移交目录、封装或声明）里的项目", "规范要求的项目");
        batch.NoteUnreadContent(tally);
        foreach (var package in batch.Packages)
        {
            if (package.Eep is { } eep)
            {
                EepItems.Add(tally, package.Name, eep, EepItems.Structure);
            }
            else if (package.Bag is { } bag)
            {
                bag.Faults.ForEach(f => tally.Differ($"{package.Name} {f.Place}", f.Left, f.Right));
                tally.Compare(bag.Algorithms.Count > 0, package.Name, "没有 manifest-*.txt", "至少一份清单");
                if (bag.Cut is { } cut)
                {
                    tally.CouldNot($"{package.Name}：{cut}");
                }
            }
            else if (batch.Profile.TransferList is not { Fields.Count: > 0 } listing || batch.Transfer is not { Fault: null } transfer)
            {
                tally.CouldNot(batch.Profile.TransferList is null ? "信息包规范没有规定包级元数据" : batch.Transfer?.Fault is { } fault ? $"移交目录读不出：{fault}" : "没有移交目录");
            }
            else if (transfer.EntryOf(package) is { } entry)
            {
                foreach (var field in listing.Fields)
                {
                    tally.Compare(entry.Of(field) is { Length: > 0 }, $"{package.Name} {field}", entry.Of(field) is null ? "没有" : "（空）", "移交目录必备");
                }
            }
            else if (transfer.Cut is { } cut)
            {
                tally.CouldNot($"{package.Name}：{cut}");
            }
            else
            {
                tally.Differ(package.Name, "移交目录里没有这个包", "每个包一条");
            }
        }

        return tally;
    }

    public static ItemTally Formats(BatchReading batch)
    {
        var tally = new ItemTally("容器的压缩、加密与嵌套，以及内容的加密", "公开的格式：存储或 DEFLATE，不加密，不嵌套压缩包");
        var kinds = Enum.GetValues<ContainerFaultKind>().Except([.. Structural, ContainerFaultKind.WrongCrc, ContainerFaultKind.WrongLength, ContainerFaultKind.Unreadable]).ToArray();
        batch.NoteUnreadContent(tally);
        foreach (var package in batch.Packages)
        {
            Faults(tally, package, kinds);
            foreach (var file in package.Files)
            {
                if (file.Fault is { } fault && kinds.Contains(fault.Kind) && !package.Faults.Exists(f => f.Kind == fault.Kind && f.Path == fault.Path))
                {
                    tally.Differ($"{package.Name} {file.Path}", EnumWords.Say(fault.Kind), fault.Detail);
                }
                else if (file.Format is { } seen && (seen.IsArchive || seen.IsEncrypted is not null))
                {
                    var why = seen.IsArchive ? $"嵌套的 {seen.Title}" : seen.IsEncrypted == true ? "已加密" : null;
                    tally.Compare(why is null, $"{package.Name} {file.Path}", why ?? "", "公开、未加密的格式");
                }
                else
                {
                    tally.CouldNot($"{package.Name} {file.Path}：{(file.Format is null ? "没有读到底" : $"是{file.Format.Title}")}，没有看是否加密");
                }
            }
        }

        return tally;
    }

    public static ItemTally Surplus(BatchReading batch)
    {
        var tally = new ItemTally("载体与包里的文件", "清单、登记表与信息包（没有多余的文件）");
        batch.NoteUnreadContent(tally);
        foreach (var file in batch.Surplus)
        {
            tally.Differ(file, "多余", "不属于任何信息包或清单");
        }

        foreach (var package in batch.Packages)
        {
            foreach (var file in package.Files)
            {
                tally.Compare(!SurplusNames.IsLeftBehind(file.Path), $"{package.Name} {file.Path}", "多余", "系统或编辑器留下的文件");
            }
        }

        return tally;
    }

    private static void Digest(ItemTally tally, PackageReading package, StatedDigest stated)
    {
        if (stated.ComputedOf(package) is not { } computed)
        {
            tally.CouldNot($"{package.Name}：{(stated.Algorithm.Length == 0 ? "移交目录没有写摘要算法" : $"不认识的摘要算法 {stated.Algorithm}")}");
            return;
        }

        tally.Compare(stated.IsSame(computed), $"{package.Name} {stated.Name}", computed, stated.Written);
        if (stated.IsWeak)
        {
            tally.Remark($"{package.Name} 的包摘要用 {stated.Name}，可以造出摘要相同的另一个包，应改用 SM3 或 SHA-256");
        }
    }

    private static void Faults(ItemTally tally, PackageReading package, ContainerFaultKind[] kinds)
    {
        foreach (var fault in package.Faults.Where(f => kinds.Contains(f.Kind)))
        {
            tally.Differ(fault.Path is null ? package.Name : $"{package.Name} {fault.Path}", EnumWords.Say(fault.Kind), fault.Detail, $"{EnumWords.Say(fault.Kind)}：{fault.Detail}");
        }
    }

    private static void Folders(PackageProfile profile, ItemTally tally, PackageReading package)
    {
        foreach (var folder in profile.Folders.Where(f => f.IsRequired))
        {
            tally.Compare(package.Files.Exists(f => f.Path.StartsWith(folder.Name + "/", StringComparison.Ordinal)), package.Name, "没有", $"目录 {folder.Name}");
        }

        var tops = package.Files.Where(f => !f.IsOwn && !SurplusNames.IsLeftBehind(f.Path) && f.Path.Contains('/', StringComparison.Ordinal)).Select(f => f.Path[..f.Path.IndexOf('/', StringComparison.Ordinal)]).Distinct(StringComparer.Ordinal).ToList();
        foreach (var top in tops.Where(_ => profile.Folders.Count > 0))
        {
            tally.Compare(profile.Folders.Any(f => f.Name == top), package.Name, $"目录 {top}", string.Join("、", profile.Folders.Select(f => f.Name)));
        }

        if (profile.Deepest is { } deepest)
        {
            var deep = package.Files.Find(f => f.Path.Count(c => c == '/') > deepest);
            tally.Compare(deep is null, $"{package.Name} {deep?.Path}", "嵌套", string.Create(CultureInfo.InvariantCulture, $"不超过 {deepest} 层目录"));
        }
    }

    private static void Declaration(ItemTally tally, string package, BagReading bag)
    {
        tally.Compare(bag.HasDeclaration, package, "没有", "bagit.txt");
        if (bag.HasDeclaration)
        {
            tally.Compare(bag.Version is "1.0" or "0.97" or "0.96" or "0.95" or "0.94" or "0.93", $"{package} BagIt-Version", bag.Version ?? "没有这一行，或写法不对", "1.0 或 0.93 至 0.97");
            tally.Compare(bag.Encoding is not null, $"{package} Tag-File-Character-Encoding", "没有这一行，或写法不对", "UTF-8");
            if (bag.Encoding is { } encoding && !encoding.Equals("UTF-8", StringComparison.OrdinalIgnoreCase))
            {
                tally.Remark($"{package} 的标签文件声明为 {encoding}，应为 UTF-8");
            }
        }
    }

    private static void Document(ItemTally tally, PackageReading package, PackageDocument document)
    {
        var text = package.Documents.FirstOrDefault(d => NameForms.AreSame(d.Key.ToUpperInvariant(), document.Path.ToUpperInvariant())).Value;
        if (text is null)
        {
            tally.Compare(false, package.Name, package.Unreadable.Exists(u => NameForms.AreSame(u.Path.ToUpperInvariant(), document.Path.ToUpperInvariant())) ? "读不出" : "没有", document.Path);
            return;
        }

        foreach (var field in document.Fields)
        {
            var line = text.Split('\n').FirstOrDefault(l => l.TrimStart().StartsWith(field, StringComparison.Ordinal))?.Trim()[field.Length..].TrimStart('：', ':', ' ', '\t').Trim();
            tally.Compare(line is { Length: > 0 }, $"{package.Name} {document.Path}", line is null ? "没有这一项" : "（空）", field);
        }
    }

    private static void TransferList(BatchReading batch, ItemTally tally, TransferListing listing)
    {
        if (batch.Transfer is not { } transfer)
        {
            tally.CouldNot("没有移交目录");
            return;
        }

        if (transfer.IsUnread)
        {
            tally.CouldNot($"{transfer.Name}：{transfer.Fault}");
            return;
        }

        if (transfer.Cut is { } cut)
        {
            tally.CouldNot(cut);
        }

        if (transfer.Fault is { } fault)
        {
            tally.Differ(transfer.Name, fault, "可以读出的移交目录");
            return;
        }

        foreach (var field in listing.HeadFields)
        {
            var value = transfer.Head.FirstOrDefault(v => v.Name == field);
            tally.Compare(value is { Value.Length: > 0 }, $"{transfer.Name} {field}", value is null ? "没有" : "（空）", "必备");
        }

        tally.CouldNot(transfer.Name, [.. batch.Packages.Where(p => p.Records.Count != 1).Select(p => p.Name)], "没有读出元数据，或不止一件，与移交目录没有比");
        tally.CouldNot(transfer.Name, [.. batch.Packages.Where(p => p.Records.Count == 1 && transfer.EntryOf(p) is null).Select(p => p.Name)], "移交目录里没有读出这个包的条目，没有比");
        foreach (var package in batch.Packages.Where(p => p.Records.Count == 1))
        {
            foreach (var (name, own, listed) in transfer.EntryOf(package)?.Values.SelectMany(v => package.Records[0].Values.Where(o => o.Name == v.Name && v.Value.Trim().Length > 0).Take(1).Select(o => (v.Name, o.Value, v.Value))) ?? [])
            {
                tally.Compare(own.Trim() == listed.Trim(), $"{package.Name} {name}", $"移交目录 {listed}", $"包里 {own}");
            }
        }
    }
}
