using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>检测包 · what a page shows, what the downloaded package holds and what the interface answers, beside each other; or, where nothing is given to compare, how the package is built.</summary>
internal sealed class PackageTriangle(FlowPackage package, FlowWork work, StepNotes notes, CancellationToken stop)
{
    /// <summary>Characters; the page's script cuts longer values.</summary>
    private const int MostShown = 200;
    private const int MostTold = 5;

    /// <summary>Faults that end the reading and say nothing against the package.</summary>
    private static readonly ContainerFaultKind[] Unread =
        [ContainerFaultKind.Unreadable, ContainerFaultKind.Ratio, ContainerFaultKind.Nesting, ContainerFaultKind.TooManyEntries, ContainerFaultKind.TooLarge];

    /// <exception cref="StepEndException">Something differs, or nothing could be compared.</exception>
    public void Compare()
    {
        var (profile, reading) = Read();
        if (package.TransferList is { } list)
        {
            Digest(profile, reading, list);
        }

        if (package.ChecksFormats)
        {
            Formats(profile, reading);
        }

        if (package.Fields is not null)
        {
            Fields(profile, reading);
        }
        else if (package is { TransferList: null, ChecksFormats: false })
        {
            Build(profile, reading);
        }
    }

    private (PackageProfile Profile, PackageReading Reading) Read()
    {
        var id = package.Profile ?? ArchiveChoices.UsualProfile;
        var profile = work.Profiles.FirstOrDefault(p => p.File.Id == id)
            ?? throw new StepEndException(StepOutcome.NotFound, $"没有信息包规范 {id}，现有：{string.Join("、", work.Profiles.Select(p => p.File.Id))}");
        var path = work.FileOf(package.File);
        notes.Seen.AddRange(package.Profile is null ? [$"没有写 方案，按 {id} 读"] : []);
        return File.Exists(path) ? (profile, new PackageReader(profile, SealTrust.None, stop).Read(path, package.File)) : throw new StepEndException(StepOutcome.NotFound, $"没有下载到 {package.File}");
    }

    /// <summary>Both ways: what metadata lists is there, and what is there is listed.</summary>
    private void Build(PackageProfile profile, PackageReading reading)
    {
        var faults = reading.IsUnread ? [] : reading.Faults.Where(f => !Unread.Contains(f.Kind)).ToList();
        if (faults.Count > 0)
        {
            throw new StepEndException(StepOutcome.Contradicted, $"{package.File}：{faults[0].Detail}", [.. faults.Take(MostTold).Select(f => f.Detail)]);
        }

        if (reading.Metadata is null || reading.Listed is null || reading.ListedCut is not null)
        {
            throw new StepEndException(StepOutcome.NotFound, $"{package.File} 里没有读得出的元数据或文件清单，没有可比的");
        }

        notes.Seen.Add($"元数据列了 {reading.Listed.Count} 个文件，包里有 {reading.Contents.Count()} 个内容文件（方案 {profile.File.Id}）");
        List<string> contrary = [.. reading.Unlisted.Select(f => $"{f.Path} 元数据没有列")];
        List<string> open = [.. reading.Faults.Select(f => f.Detail), .. reading.Unreadable.Select(u => $"{u.Path} {u.Why}")];
        foreach (var path in reading.Listed.Select(l => l.Path))
        {
            if (reading.File(path) is not { } file)
            {
                // Where a cap ended the list of entries, it may stand behind that.
                (reading.Faults.Count > 0 ? open : contrary).Add($"{path} 元数据列了，包里没有");
            }
            else if (file.Fault is { } fault)
            {
                (!reading.IsUnread && fault.Kind is (ContainerFaultKind.WrongCrc or ContainerFaultKind.WrongLength) ? contrary : open).Add($"{path} 读不到底：{fault.Detail}");
            }
        }

        if (contrary.Count > 0)
        {
            throw new StepEndException(StepOutcome.Contradicted, $"{package.File}：{contrary[0]}{(contrary.Count > 1 ? $"，还有 {contrary.Count - 1} 处" : "")}", [.. contrary.Take(MostTold)]);
        }

        if (open.Count > 0 || reading.Listed.Count == 0)
        {
            throw new StepEndException(StepOutcome.NotFound, open.Count > 0 ? $"{package.File} 没有读全：{open[0]}" : $"{package.File} 的元数据一个文件也没有列，没有可比的", [.. open.Take(MostTold)]);
        }
    }

    /// <summary>What content is by its bytes, against what the profile allows; what was not read may be anything.</summary>
    private void Formats(PackageProfile profile, PackageReading reading)
    {
        var contents = reading.Contents.ToList();
        List<string> contrary = [.. contents.Where(f => f.Format is { } seen && !profile.Formats.Any(a => FormatNames.AreSame(a, seen))).Select(f => $"{f.Path} 是{f.Format!.Title}")];
        notes.Seen.Add($"{contents.Count} 个内容文件：{string.Join("、", contents.Select(f => f.Format?.Title ?? "没有读出").GroupBy(t => t, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()} 个"))}（方案 {profile.File.Id} 允许 {string.Join("、", profile.Formats)}）");
        if (profile.Formats.Count > 0 && contrary.Count > 0)
        {
            throw new StepEndException(StepOutcome.Contradicted, $"{package.File} 里有 {contrary.Count} 个文件不是允许的存储格式：{contrary[0]}", [.. contrary.Take(MostTold)]);
        }

        if (profile.Formats.Count == 0 || contents.Count == 0 || reading.Metadata is null || reading.Faults.Count > 0 || contents.Exists(f => f is { Format: null } or { Fault: not null }))
        {
            throw new StepEndException(StepOutcome.NotFound, profile.Formats.Count == 0 ? $"方案 {profile.File.Id} 没有列出允许的格式" : $"{package.File} 没有读全，格式没有比全");
        }
    }

    /// <summary>A broken digest fixes nothing, whether it is right or not.</summary>
    private void Digest(PackageProfile profile, PackageReading reading, string file)
    {
        if (profile.TransferList is not { Digest: not null, Algorithm: not null } listing)
        {
            throw new StepEndException(StepOutcome.NotFound, $"方案 {profile.File.Id} 的移交目录没有包摘要");
        }

        // A downloaded file may be called anything; in the list the package stands by the id its metadata gives.
        var list = TransferLists.Read(work.FileOf(file), file, listing, isNamed: true, stop);
        var id = profile.NamedAfter is { } named && reading.Metadata is { } root ? PackageMarkup.Of(root, named)?.Trim() : null;
        if (list is not { Fault: null } || id is null || list.EntryOf(id)?.Digest(listing) is not { } stated)
        {
            throw new StepEndException(StepOutcome.NotFound, $"{file} 里没有这个包的摘要{(list?.Fault is { } fault ? $"：{fault}" : "")}");
        }

        if (stated.IsWeak)
        {
            throw new StepEndException(StepOutcome.Contradicted, $"包摘要用 {stated.Name}，可以造出摘要相同的另一个包，不能证明包没有换过");
        }

        if (stated.ComputedOf(reading) is not { } computed)
        {
            throw new StepEndException(StepOutcome.NotFound, $"摘要算法 {stated.Algorithm} 没有计算");
        }

        notes.Seen.Add($"{stated.Name}：移交目录 {stated.Written}，重算 {computed}");
        if (!stated.IsSame(computed))
        {
            throw new StepEndException(StepOutcome.Contradicted, $"移交目录里的 {stated.Name} 与下载的包重算的不同");
        }
    }

    private void Fields(PackageProfile profile, PackageReading reading)
    {
        var elements = FlowFiles.Elements(reading);
        var onPage = work.Fields(package.Fields!);
        var answered = package.Interface is { } kept ? work.Fields(kept) : null;
        if (elements is null || onPage is null || (package.Interface is not null && answered is null))
        {
            throw new StepEndException(StepOutcome.NotFound, elements is null ? $"{package.File} 里没有按方案 {profile.File.Id} 读得出的元数据 XML{(package.Profile is null ? "；包另有规范的，请写 方案" : "")}" : onPage is null ? "没有从页面取到可对照的字段" : "没有从接口取到可对照的字段");
        }

        notes.IsCovered &= work.IsCovered(package.Fields!);
        if (profile.FileCount is { } counted && elements.TryGetValue(counted, out var counts))
        {
            notes.Seen.Add($"元数据写的文件数 {string.Join("／", counts)}，包里的内容文件 {reading.Contents.Count()} 个");
        }

        var compared = 0;
        List<string> left = [];
        List<string> open = [.. package.Names.Where(n => !onPage.ContainsKey(n.Field)).Select(n => $"{n.Field}（界面上没有）")];
        var before = work.Differences.Count;
        foreach (var (label, value) in onPage)
        {
            var named = package.Names.FirstOrDefault(n => n.Field == label)?.Value;
            var inPackage = elements.GetValueOrDefault(named ?? label);
            var inAnswer = answered?.GetValueOrDefault(label);
            open.AddRange(named is not null && inPackage is null ? [$"{label}（包里没有 {named}）"] : []);
            open.AddRange(named is not null && answered is not null && inAnswer is null ? [$"{label}（接口的答复里没有）"] : []);
            if (inPackage is null && inAnswer is null)
            {
                continue;
            }

            // What a page shortens or stars says nothing of the rest.
            if (value.Length >= MostShown || value.AsSpan().ContainsAny('*', '＊') || value.EndsWith('…') || value.EndsWith("...", StringComparison.Ordinal))
            {
                left.Add(label);
                open.AddRange(named is null ? [] : [$"{label}（界面上不完整）"]);
                continue;
            }

            compared++;
            work.Hide(label, [.. inPackage ?? [], .. inAnswer is null ? [] : (string[])[inAnswer]]);
            notes.Seen.Add($"{label}：界面“{work.Told(label, value)}”{(inPackage is null ? "" : $"，包“{work.Told(label, string.Join("／", inPackage.Take(3)))}”")}{(inAnswer is null ? "" : $"，接口“{work.Told(label, inAnswer)}”")}");
            Differ(label, value, inPackage, package.File);
            Differ(label, value, inAnswer is null ? null : [inAnswer], "接口");
        }

        Conclude(compared, work.Differences.Count - before, left, open);
    }

    private void Differ(string label, string value, HashSet<string>? others, string source)
    {
        if (others is not null && !others.Any(v => Plain(v) == Plain(value)))
        {
            var (shown, elsewhere) = notes.IsCovered ? (work.Told(label, value), work.Told(label, string.Join("／", others.Take(3)))) : (FlowWork.Cover, FlowWork.Cover);
            work.Differences.Add(new FieldDifference(work.Covered(label), shown, elsewhere, source, work.Covered($"{label}：界面“{shown}”，{source}“{elsewhere}”")));
        }
    }

    private void Conclude(int compared, int differ, List<string> left, List<string> open)
    {
        var leftOut = left.Count == 0 ? "" : $"；{string.Join("、", left)} 在界面上不完整（截断或打了星号），没有对照";
        notes.Seen.Add($"对照了 {compared} 个字段，{differ} 个不同{leftOut}");
        if (compared == 0)
        {
            throw new StepEndException(StepOutcome.NotFound, left.Count == 0 ? "界面上的字段没有一个在包里同名；请写 对应" : $"没有一个字段能对照{leftOut}");
        }

        if (differ > 0)
        {
            throw new StepEndException(StepOutcome.Contradicted, $"{compared} 个字段里有 {differ} 处与{(package.Interface is null ? "包" : "包或接口")}里不同");
        }

        if (open.Count > 0)
        {
            throw new StepEndException(StepOutcome.NotFound, $"写了 对应 的字段有 {open.Count} 处没有对照：{string.Join("、", open.Take(MostTold))}");
        }
    }

    private static string Plain(string value) => string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
