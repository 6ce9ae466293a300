using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Item 1-1: what fixes the content, against the content as it is now.</summary>
internal static class FixityItem
{
    public static ItemTally Of(BatchReading batch)
    {
        var tally = new ItemTally("包里记录的文件摘要、签名", batch.KnowsRevocations ? "重新计算的摘要，签名验证的结果（没有可信时间戳的，撤销按签名者自己写的时间看，不能排除倒填）" : "重新计算的摘要，签名验证的结果（没有给出撤销列表，签名证书是否撤销没有查）");
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

            Seals(tally, package);
        }

        return tally;
    }

    private static void Listed(ItemTally tally, PackageReading package)
    {
        var before = tally.Comparisons;
        var (bare, unread) = (new List<string>(), new List<string>());
        foreach (var listed in package.Listed ?? [])
        {
            if (package.File(listed.Path) is not { Fault: null } file)
            {
                unread.Add(listed.Path);
            }
            else if (listed.Digest is { Length: > 0 } digest)
            {
                Digest(tally, $"{package.Name} {listed.Path}", listed.Algorithm ?? "", digest, file);
            }
            else
            {
                bare.Add(listed.Path);
            }
        }

        tally.CouldNot(package.Name, bare, "元数据没有写摘要");
        tally.CouldNot(package.Name, unread, "元数据里有，包里没有或没有读到底，摘要没有比");
        ContentItems.NoteUnlisted(tally, package);

        if (tally.Comparisons == before && package.Files.Count > 0)
        {
            tally.CouldNot($"{package.Name}：元数据里没有文件摘要");
        }
    }

    /// <summary>Seals inside the files fix them too, and may be wrong where every digest is right.</summary>
    private static void Seals(ItemTally tally, PackageReading package)
    {
        foreach (var file in package.Files)
        {
            var place = $"{package.Name} {file.Path}";
            if (file.SealTrouble is { } trouble)
            {
                tally.CouldNot($"{place}：{trouble}");
            }
            else if (file.Seals is { Answer: not OfdAnswer.Unsigned } seals)
            {
                Seal(tally, place, seals);
            }

            PdfSeals.Compare(tally, place, file.PdfSignatures);
        }
    }

    private static void Seal(ItemTally tally, string place, OfdFileFinding seals)
    {
        foreach (var weak in (seals.Signatures is { IsKnown: true, Value: var signatures } ? signatures : []).SelectMany(s => s.DigestMethods.Where(SealHashes.IsWeak).Concat(s.Steps.Select(c => c.WeakHash).OfType<string>())).Distinct(StringComparer.Ordinal))
        {
            tally.Remark($"签章用 {weak}，可以造出签章同样成立的另一个文件，应改用 SM3 或 SHA-256");
        }

        var reason = seals.Reasons.Count > 0 ? seals.Reasons[0] : EnumWords.Say(seals.Answer);
        if (seals.Answer is OfdAnswer.Tampered or OfdAnswer.ExpiredAtSigning)
        {
            tally.Compare(isSame: false, place, "签章固化的内容与签名时刻", reason);
        }
        else if (seals.Answer is OfdAnswer.Intact or OfdAnswer.Superseded)
        {
            tally.Same();
            if (seals.SignersTrusted is not { IsKnown: true, Value: true })
            {
                tally.CouldNot($"{place}：签章完好，但签章者没有链到信任根（未配置信任根，或链不到）");
            }

            if (!seals.Uncovered.IsKnown)
            {
                tally.CouldNot($"{place}：签章完好，但文件没有看全，是不是每一部分都固化了不知道");
            }
            else if (seals.Uncovered is { Value: { Count: > 0 } bare })
            {
                tally.CouldNot($"{place}：签章完好，但 {string.Join("、", bare.Take(3).Select(OfdCoverage.Say))}{(bare.Count > 3 ? $" 等 {bare.Count} 个部分" : "")}不受任何签名保护，没有固化");
            }

            foreach (var open in (seals.Signatures is { IsKnown: true, Value: var all } ? all : []).SelectMany(s => s.Steps).Where(c => c is { Step: SealStep.SignerRevocation or SealStep.MakerRevocation, Outcome: SealOutcome.Undecided }))
            {
                tally.CouldNot($"{place}：{EnumWords.Say(open.Step)}{EnumWords.Say(open.Outcome)}，{open.Note}");
            }
        }
        else
        {
            tally.CouldNot($"{place}：签章{EnumWords.Say(seals.Answer)}，{reason}");
        }
    }

    private static void Bag(ItemTally tally, PackageReading package, BagReading bag)
    {
        var unread = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in bag.Lines)
        {
            if (package.File(line.Path) is { Fault: null } file)
            {
                Digest(tally, $"{package.Name} {line.Path}", line.Algorithm, line.Digest, file);
            }
            else
            {
                unread.Add(line.Path);
            }
        }

        tally.CouldNot(package.Name, [.. unread], "清单里有，包里没有或没有读到底，摘要没有比");
        ContentItems.NoteUnlisted(tally, package);
        if (bag.Algorithms.Count == 0)
        {
            tally.CouldNot($"{package.Name}：没有 manifest-*.txt，内容没有摘要可比");
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
