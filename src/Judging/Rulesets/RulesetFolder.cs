using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>规则库 · every ruleset and profile below one folder.</summary>
public sealed record RulesetFolder
{
    /// <summary>The subfolder with acceptance profiles.</summary>
    public const string ProfilesFolder = "profiles";

    private const string Extension = ".yaml";
    private const int FileCap = 500;
    private const int EntryCap = 20_000;

    /// <summary>By id.</summary>
    public required IReadOnlyList<Ruleset> Rulesets { get; init; }

    /// <summary>By id.</summary>
    public required IReadOnlyList<AcceptanceProfile> Profiles { get; init; }

    /// <summary>Catalogues of controls, scoring rules and what goes with them.</summary>
    public StandardLibrary Library { get; init; } = StandardLibrary.Empty;

    /// <summary>What <see cref="UsedWith"/> holds them against.</summary>
    public BuiltInRules BuiltIn { get; init; } = BuiltInRules.None;

    public IReadOnlyList<Requirement> Requirements => [.. Rulesets.SelectMany(r => r.Requirements)];

    public static bool IsProfile(string file) => file.StartsWith(ProfilesFolder + "/", StringComparison.Ordinal);

    /// <summary>The files that judge a candidate under a profile: all rulesets, all rule data and that profile.</summary>
    public IReadOnlyList<RulesetReference> ReferencesWith(string? profile) =>
    [
        .. Rulesets.Select(r => new RulesetReference(r.Id, r.Version, r.File, r.Sha256)),
        .. Library.Files().Select(f => new RulesetReference(f.Id, f.Version, f.File, f.Sha256)),
        .. Profiles.Where(p => p.Id == profile).SelectMany(p => p.ParentFiles.Append(new RulesetReference(p.Id, "", p.File, p.Sha256))),
    ];

    public RulesUsed UsedWith(string? profile) => BuiltIn.Compare(ReferencesWith(profile));

    /// <summary>Reads all of it or, at the first file with mistakes, all mistakes of all files.</summary>
    /// <param name="folder">With YAML files, in folders as far down as one likes.</param>
    /// <param name="kinds">What rulesets may observe.</param>
    /// <param name="builtIn">Files of these were proven when the tool was built, and need less checking; null for none.</param>
    /// <param name="under">The one folder below it that is read; null for all.</param>
    /// <exception cref="InputFaultException">Any mistake in any file, an id used twice, or no ruleset at all.</exception>
    public static RulesetFolder Load(string folder, IReadOnlyDictionary<string, ObservationKind> kinds, BuiltInRules? builtIn = null, string? under = null)
    {
        var faults = new FaultList();
        var here = new SourcePosition(folder, 1, 1);
        if (!Directory.Exists(folder))
        {
            throw new InputFaultException([new InputFault(here, "规则目录不存在", "含有 *.yaml 规则的目录")]);
        }

        var files = FilesIn(folder, here, faults);
        files.RemoveAll(f => under is not null && !f.StartsWith(under + "/", StringComparison.Ordinal));

        // One look at one pillar reads a part; who reads all of it, as `rules verify` does, holds every field against its record.
        var rulesets = new RulesetReader(kinds, faults, under is null || builtIn is null ? null : builtIn.Has);
        var profiles = new ProfileReader(faults);
        var data = new LibraryReader(faults, builtIn is null ? null : builtIn.Has);
        var foundRulesets = new List<Ruleset>();
        var foundProfiles = new List<AcceptanceProfile>();
        foreach (var file in files)
        {
            if (BytesOf(Path.Combine(folder, file), file, faults) is not { } bytes)
            {
                continue;
            }

            if (IsProfile(file))
            {
                Add(foundProfiles, profiles.Read(file, bytes));
            }
            else if (LibraryReader.IsData(file))
            {
                data.Read(file, bytes);
            }
            else
            {
                Add(foundRulesets, rulesets.Read(file, bytes));
            }
        }

        RefuseDoubles(foundRulesets, foundProfiles, here, faults);
        foundProfiles = ProfileInheritance.Resolve(foundProfiles, faults);
        var library = data.Finish([.. foundRulesets.SelectMany(r => r.Requirements)]);
        faults.ThrowIfAny();
        return new RulesetFolder
        {
            Library = library,
            BuiltIn = builtIn ?? BuiltInRules.None,
            Rulesets = [.. foundRulesets.OrderBy(r => r.Id, StringComparer.Ordinal)],
            Profiles = [.. foundProfiles.OrderBy(p => p.Id, StringComparer.Ordinal)],
        };
    }

    /// <summary>The files to read, relative to the folder, in order.</summary>
    private static List<string> FilesIn(string folder, SourcePosition here, FaultList faults)
    {
        // A folder linked into itself would be walked for ever.
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Take(EntryCap)
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))
            .Where(IsYaml)
            .Order(StringComparer.Ordinal)
            .ToList();
        var links = new RuleLinks(folder);
        foreach (var file in files.Where(links.LeadsOut).ToList())
        {
            faults.Add(new SourcePosition(file, 1, 1), "不是普通文件，是通往规则目录之外的链接", "目录里的普通文件");
            files.Remove(file);
        }

        RefuseOtherSpellings(files, faults);
        files.RemoveAll(f => !f.EndsWith(Extension, StringComparison.Ordinal));
        if (files.Count > FileCap)
        {
            throw new InputFaultException([new InputFault(here, $"目录里有 {files.Count} 个 yaml 文件", $"不超过 {FileCap} 个")]);
        }

        return files;
    }

    private static bool IsYaml(string file) =>
        file.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) || file.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whoever wrote such a file believes that it judges; left out in silence, it would be a rule nobody holds anything against.</summary>
    private static void RefuseOtherSpellings(List<string> files, FaultList faults)
    {
        foreach (var file in files.Where(f => !f.EndsWith(Extension, StringComparison.Ordinal)))
        {
            faults.Add(new SourcePosition(file, 1, 1), "规则文件的扩展名不对，不会被读取", Extension, Path.ChangeExtension(file, Extension));
        }
    }

    private static byte[]? BytesOf(string path, string shownAs, FaultList faults)
    {
        try
        {
            return YamlText.ReadBytes(path, shownAs);
        }
        catch (InputFaultException unreadable)
        {
            faults.Add(unreadable);
            return null;
        }
    }

    private static void Add<T>(List<T> found, T? one)
        where T : class
    {
        if (one is not null)
        {
            found.Add(one);
        }
    }

    private static void RefuseDoubles(List<Ruleset> rulesets, List<AcceptanceProfile> profiles, SourcePosition here, FaultList faults)
    {
        if (rulesets.Count == 0 && faults.Faults.Count == 0)
        {
            faults.Add(here, "目录里没有规则集", "至少一个 *.yaml");
        }

        var ids = rulesets.Select(r => (r.Id, Origin: r.File)).Concat(profiles.Select(p => (p.Id, Origin: p.File)))
            .Concat(rulesets.SelectMany(r => r.Requirements).Select(r => (r.Id, r.Origin)));
        foreach (var twice in ids.GroupBy(i => i.Id, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            var (first, second) = (twice.First(), twice.Skip(1).First());
            faults.Add(SourcePosition.Of(second.Origin), $"编号 {twice.Key} 重复，{string.Join("、", twice.Select(t => t.Origin).Where(o => o != second.Origin).DefaultIfEmpty(first.Origin))} 已经用了", "唯一的编号", $"id: {twice.Key}-2");
        }
    }
}
