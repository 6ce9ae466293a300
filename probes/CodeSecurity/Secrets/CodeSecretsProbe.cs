using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Looks for keys and passwords in every text of a source tree; tries none of them anywhere.</summary>
public sealed class CodeSecretsProbe : Probe<SourceTree, CodeSecrets>
{
    private const int MostNamed = 20;

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "code.secrets",
        Pillar = Pillar.CodeSecurity,
        Title = "源代码中的密钥与口令",
        Question = "源代码和配置里有没有写死的密钥、私钥和口令？",
        Needs = typeof(SourceTree),
        Observes = typeof(CodeSecrets),
        Touches = Touches.Source,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(900),
        Connections = 0,
        Tools = [],
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(SourceTree target, ProbeContext context, CancellationToken cancellationToken)
    {
        if (context.Tables.Secrets.Count == 0)
        {
            return new Unable(FailureKind.BadInput, "规则里没有密钥特征表");
        }

        var swept = await SourceSweep.OfAsync(target, context, cancellationToken);
        if (swept.Files.Count == 0 && swept.LeftOutCounts.Count == 0)
        {
            return new NotNeeded("源代码目录是空的");
        }

        var record = Describe(swept, new SecretRules(context.Tables.Secrets), await DefectStates.OfAsync(target, swept, context, cancellationToken));
        var evidence = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "secrets.json", "application/json", ObservationJson.ToFile(record), "密钥与口令的逐处清单，文件与行；值只有前 4 个字符与 SM3，或长度"));
        return Saw(target, context, record, evidence);
    }

    internal static CodeSecrets Describe(SweptTree swept, SecretRules rules, DefectStates states)
    {
        var id = new SecretExaminer(rules).Id;
        var doubts = Doubts(swept, id);
        var groups = rules.Patterns.ToDictionary(p => p.Id, p => p.Group, StringComparer.Ordinal);
        var unfinished = swept.Of(id).SelectMany(f => f.Findings.Defects).Where(d => d.RuleId == SecretExaminer.UnfinishedId).Select(d => $"{d.File}：{d.Message}");
        doubts.AddRange(unfinished);
        var isWhole = doubts.Count == 0;
        var found = states.Of(swept.Of(id).SelectMany(f => f.Findings.Defects).Where(d => d.RuleId != SecretExaminer.UnfinishedId));
        List<CodeDefect> all = [.. found.Where(d => !d.IsSuppressed)];
        var suppressed = found.Where(d => d.IsSuppressed).ToLookup(d => groups[d.RuleId]);
        var sure = all.Where(d => d.Confidence > CodeConfidence.Low).ToLookup(d => groups[d.RuleId]);
        var low = all.Where(d => d.Confidence == CodeConfidence.Low).ToLookup(d => groups[d.RuleId]);
        doubts.AddRange(low.OrderBy(g => g.Key).Select(g => $"{NameOf(g.Key)}有 {g.Count()} 处存疑（在测试、示例或注释里，或是引用的默认值），由人确认"));
        IReadOnlyList<CodeDefect> Of(SecretGroup group) => [.. sure[group]];
        Fact<bool> Has(SecretGroup group) => Any(sure[group].Any(), isWhole && !low[group].Any() && !suppressed[group].Any());
        List<string> paths = [.. swept.Files.Select(f => f.Path).Concat(swept.LeftOut.Select(l => l.Path)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        IReadOnlyList<string> keyFiles = [.. paths.Where(SecretFileNames.IsKeyFile)];
        var told = found.Where(d => groups[d.RuleId] == SecretGroup.PrivateKey).Select(d => d.File).ToHashSet(StringComparer.Ordinal);
        List<string> unclear = [.. paths.Where(p => SecretFileNames.MayBeKeyFile(p) && !told.Contains(p))];
        doubts.AddRange(unclear.Take(MostNamed).Select(p => $"{p}：看不出是密钥还是别的，由人确认"));
        if (unclear.Count > MostNamed)
        {
            doubts.Add($"另有 {unclear.Count - MostNamed} 个这样的文件");
        }

        return new CodeSecrets
        {
            HasCloudKeys = Has(SecretGroup.Cloud), CloudKeys = Of(SecretGroup.Cloud),
            HasPlatformKeys = Has(SecretGroup.Platform), PlatformKeys = Of(SecretGroup.Platform),
            HasPrivateKeys = Has(SecretGroup.PrivateKey), PrivateKeys = Of(SecretGroup.PrivateKey),
            HasCipherKeys = Has(SecretGroup.CipherKey), CipherKeys = Of(SecretGroup.CipherKey),
            HasPasswords = Has(SecretGroup.Password), Passwords = Of(SecretGroup.Password),
            HasUnlocking = Has(SecretGroup.Unlocking), Unlocking = Of(SecretGroup.Unlocking),
            HasKeyFiles = Any(keyFiles.Count > 0, unclear.Count == 0 && AllNamed(swept)), KeyFiles = keyFiles,
            Suppressed = [.. found.Where(d => d.IsSuppressed)],
            SuppressedCount = found.Count(d => d.IsSuppressed),
            AwaitsAcceptance = [.. Enum.GetValues<SecretGroup>().Where(g => isWhole && suppressed[g].Any() && !sure[g].Any() && !low[g].Any()).Select(g => JsonNamingPolicy.CamelCase.ConvertName($"{g}"))],
            Doubtful = [.. all.Where(d => d.Confidence == CodeConfidence.Low)],
            Files = swept.Files.Count,
            Doubts = doubts,
            Patterns = rules.Patterns.Count,
        };
    }

    /// <summary>Every entry of the tree has its name in the lists; behind a link may be others.</summary>
    private static bool AllNamed(SweptTree swept) => swept.IsWhole && swept.LeftOut.Count == swept.LeftOutCounts.Values.Sum() && !swept.LeftOutCounts.ContainsKey(LeftOutReason.Link);

    private static Fact<bool> Any(bool isSeen, bool isSure) => isSeen ? true : isSure ? false : default(Fact<bool>);

    private static string NameOf(SecretGroup group) => group switch
    {
        SecretGroup.Cloud => "云服务密钥", SecretGroup.Platform => "平台与接口密钥", SecretGroup.PrivateKey => "私钥", SecretGroup.CipherKey => "对称密钥",
        SecretGroup.Password => "口令", _ => "解密配置的口令",
    };

    private static List<string> Doubts(SweptTree swept, string id)
    {
        var doubts = new List<string>();
        if (!swept.IsWhole)
        {
            doubts.Add("目录没有走完");
        }

        if (swept.Files.Count == 0)
        {
            doubts.Add("没有读到任何文件");
        }

        var masked = swept.LeftOut.Count(l => l.Reason == LeftOutReason.Binary && SecretFileNames.ShouldBeText(l.Path));
        if (masked > 0)
        {
            doubts.Add($"{masked} 个文件按扩展名是文本，内容不像，没有看");
        }

        doubts.AddRange(LeftOutReasons.Unseen.Where(r => swept.LeftOutCounts.GetValueOrDefault(r) > 0).Select(r => $"{swept.LeftOutCounts[r]} 个文件或目录没有看：{EnumWords.Say(r)}"));
        doubts.AddRange(swept.Faults.Where(f => f.Concerns(id)).Select(f => $"{f.Path}：{f.What}"));
        return doubts;
    }
}
