namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Item 1-1: what fixes the content, against the content as it is now.</summary>
internal static class FixityItem
{
    public static ItemTally Of(BatchReading batch)
    {
        var tally = new ItemTally("包里记录的文件摘要、签名", "重新计算的摘要，签名验证的结果");
        batch.NoteUnreadContent(tally);
        foreach (var package in batch.Packages)
        {
            if (package.Bag is { } bag)
            {
                Bag(tally, package, bag);
            }
            else if (package.Eep is { } eep)
            {
                EepItems.Add(tally, package.Name, eep, EepItems.Signatures);
            }
            else
            {
                Listed(tally, package);
            }
        }

        return tally;
    }

    private static void Listed(ItemTally tally, PackageReading package)
    {
        var before = tally.Comparisons;
        foreach (var listed in package.Listed?.Where(l => l.Digest is { Length: > 0 }) ?? [])
        {
            if (package.File(listed.Path) is { Fault: null } file)
            {
                Digest(tally, $"{package.Name} {listed.Path}", listed.Algorithm ?? "", listed.Digest!, file);
            }
        }

        var signed = package.Contents.Where(f => f.Format?.Name == "OFD").Take(1).ToList();
        if (tally.Comparisons == before && package.Files.Count > 0)
        {
            tally.CouldNot($"{package.Name}：元数据里没有文件摘要{(signed.Count > 0 ? "；其中 OFD 的签章由 archives.ofd 逐个核验" : "")}");
        }
    }

    private static void Bag(ItemTally tally, PackageReading package, BagReading bag)
    {
        foreach (var line in bag.Lines)
        {
            if (package.File(line.Path) is { Fault: null } file)
            {
                Digest(tally, $"{package.Name} {line.Path}", line.Algorithm, line.Digest, file);
            }
        }

        if (bag.Fetched.Count > 0)
        {
            tally.CouldNot($"{package.Name}：fetch.txt 指向包外的文件，没有去取");
        }
    }

    private static void Digest(ItemTally tally, string place, string algorithm, string written, PackageFile file)
    {
        var name = AlgorithmNames.Of(algorithm);
        var computed = name switch { "SM3" => file.Sm3, "SHA-256" => file.Sha256, null => null, _ => file.OtherDigests.GetValueOrDefault(name) };
        if (computed is null)
        {
            tally.CouldNot($"{place}：摘要算法 {algorithm} 没有计算");
            return;
        }

        if (AlgorithmNames.IsWeak(name!))
        {
            tally.Remark($"摘要用 {name}，可以造出摘要相同的另一个文件，应改用 SM3 或 SHA-256");
        }

        tally.Compare(AlgorithmNames.AreSame(computed, written), place, $"记录 {written}", $"重算 {computed}");
    }
}
