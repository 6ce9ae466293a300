using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Looks for the computation behind a check column, verifies every record by it, and tries alterations.</summary>
public sealed class IntegrityColumnsProbe : Probe<CryptoSample, IntegrityColumns>
{
    /// <summary>So many records to each text that was computed of: where it is the same for more of them, the value protects something else than the records.</summary>
    private const int MostShared = 2;

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "crypto.integrity-columns",
        Pillar = Pillar.CommercialCrypto,
        Title = "完整性校验列",
        Question = "校验值是怎么算出来的，没有密钥的人能不能重算，记录被改动后能不能发现？",
        Needs = typeof(CryptoSample),
        Samples = CryptoSampleKind.Integrity,
        Observes = typeof(IntegrityColumns),
        Touches = Touches.Files,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromMinutes(10),
        Version = "1",
    };

    protected override Task<ProbeOutcome> ObserveAsync(CryptoSample target, ProbeContext context, CancellationToken cancellationToken)
    {
        var (tree, name) = target.OnlyFile();
        var evidence = new List<Evidence>();
        Layout layout;
        IntegrityWork work;
        FoundRecipe? recipe;
        using (var table = TableFile.Open(tree, name, target.Options(), cancellationToken))
        {
            var head = table.Rows(cancellationToken).Take(1000).ToList();
            layout = Layout.Of(table, target);
            work = new IntegrityWork(target, name, layout, cancellationToken);
            recipe = work.Search(head);
            if (target.Setting("tamperTrial") == "yes" && TamperTrial.Of(layout, head) is { } trial)
            {
                evidence.Add(context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "tamper-trial.csv", "text/csv", Encoding.UTF8.GetBytes(trial.Csv), trial.Words)));
            }
        }

        var seen = Through(recipe);
        var keyless = recipe is { IsKeyless: true } ? (Recipe: recipe, Rows: seen.Verified.Matched)
            : recipe is not null && work.SearchKeyless(seen.Verified.Unmatched) is { } other ? (Recipe: other, Rows: Through(other).Verified.Matched)
            : ((FoundRecipe Recipe, long Rows)?)null;
        var record = Describe(name, work, seen, keyless) with { File = target.Digest(tree, name, cancellationToken) };
        evidence.Add(context.Evidence.Save(new EvidenceDraft(
            Manifest.Id, target.TargetId, "integrity-columns.txt", "text/plain", Encoding.UTF8.GetBytes(Summary(record)), $"{name} 校验列的复算结果（不含记录内容）")));
        return Task.FromResult<ProbeOutcome>(Saw(target, context, record, [.. evidence]));

        Passage Through(FoundRecipe? by)
        {
            using var table = TableFile.Open(tree, name, target.Options(), cancellationToken);
            var verified = new RowVerification(layout, by, work.KeyTexts);
            foreach (var row in table.Rows(cancellationToken))
            {
                verified.Add(row);
            }

            return new(by, verified, table.IsWhole);
        }
    }

    private static IntegrityColumns Describe(string name, IntegrityWork work, Passage seen, (FoundRecipe Recipe, long Rows)? keyless)
    {
        var (layout, recipe, verified) = (work.Layout, seen.Recipe, seen.Verified);
        if (verified.Rows == 0)
        {
            throw TableFault.Of(name, $"{layout.Names[layout.Check]} 列没有值", "至少一行带校验值的记录");
        }

        var isAllByKey = recipe is { IsKeyless: false, Algorithm.Key.IsGuessable: false } && verified.KeyColumn is null && keyless is null && seen.IsWhole && verified.Mismatched == 0
            && (verified.Rows == 1 || MostShared * verified.DistinctMessages >= verified.Rows);
        return new IntegrityColumns
        {
            File = null!,
            CheckColumn = layout.Names[layout.Check],
            Rows = verified.Rows,
            EmptyRows = seen.IsWhole || verified.Empty > 0 ? verified.Empty : default(Fact<long>),
            ReadWholly = seen.IsWhole,
            CheckBytes = verified.CheckBytes,
            IsKeyless = keyless is { Rows: > 0 } || (recipe is not null && verified.KeyColumn is not null) ? true : isAllByKey ? false : default(Fact<bool>),
            KeylessRows = keyless?.Rows ?? (recipe is not null && verified.KeyColumn is not null ? verified.Matched : recipe is not null && seen.IsWhole && verified.Mismatched == 0 ? 0 : default(Fact<long>)),
            KeylessRecipe = keyless is null ? default(Fact<string>) : Described(layout, keyless.Value.Recipe, keyless.Value.Rows, false).Recipe,
            KeyInColumn = work.KeyTexts.Count == 0 ? default(Fact<string?>) : new(verified.KeyColumn is { } column ? layout.Names[column] : null),
            DistinctMessages = recipe is null ? default(Fact<long>) : verified.DistinctMessages,
            Recipe = recipe is null ? default : new(Described(layout, recipe, verified.Matched, verified.KeyColumn is not null) with { Shifting = [.. verified.Shifting.Select(c => layout.Names[c])] }),
            CombinationsTried = work.Tried,
            SearchSpace = work.SearchSpace,
            MismatchedRows = recipe is not null && (seen.IsWhole || verified.Mismatched > 0) ? verified.Mismatched : default(Fact<long>),
            FirstMismatches = recipe is null ? default : new(verified.FirstMismatches),
            Tampering = verified.Tampered.Tried == 0 ? default : new(verified.Tampered),
        };
    }

    private static IntegrityRecipe Described(Layout layout, FoundRecipe recipe, long matched, bool keyIsInTable)
    {
        List<string> covered = [.. recipe.Order.Select(c => layout.Names[c])];
        var message = recipe.Form.Label.Replace("{0}", string.Join("‖", covered), StringComparison.Ordinal);
        return new IntegrityRecipe
        {
            Recipe = recipe.Algorithm.Label.Replace("{0}", $"{message}，{recipe.Encoding}", StringComparison.Ordinal),
            Algorithm = recipe.Algorithm.Name,
            IsNational = recipe.Algorithm.IsNational,
            UsesKey = recipe.Algorithm.UsesKey,
            KeyIsPublic = recipe.Algorithm.UsesKey && (recipe.IsKeyless || keyIsInTable),
            IsMac = recipe.Algorithm.IsMac,
            Columns = covered,
            Uncovered = [.. layout.Others.Except(recipe.Order).Select(c => layout.Names[c])],
            Shifting = [],
            MatchedRows = matched,
        };
    }

    private static string Summary(IntegrityColumns seen)
    {
        var text = new StringBuilder($"文件 {seen.File.File}，{seen.File.Bytes} 字节，SM3 {seen.File.Sm3}\n校验列 {seen.CheckColumn}：有值 {seen.Rows} 行，无值 {seen.EmptyRows} 行\n");
        text.Append(seen.Recipe.IsKnown
            ? $"校验方法：{seen.Recipe.Value.Recipe}；吻合 {seen.Recipe.Value.MatchedRows} 行，不符 {seen.MismatchedRows} 行\n"
            + (seen.KeylessRecipe.IsKnown ? $"无需密钥即可重算的 {seen.KeylessRows} 行：{seen.KeylessRecipe.Value}\n" : "") + (seen.KeyInColumn is { IsKnown: true, Value: { } column } ? $"所给密钥就在表的 {column} 列里\n" : "")
            + $"参与计算的不同内容 {seen.DistinctMessages} 种\n"
            : $"试过 {seen.CombinationsTried} 种组合，没有一种得出校验值；这不证明用了密钥\n");
        text.Append($"搜索范围：{seen.SearchSpace}\n");
        text.Append(seen.Tampering.IsKnown ? $"内存中的篡改试验：{seen.Tampering.Value.Tried} 次，发现 {seen.Tampering.Value.Detected} 次\n" : "");
        return text.Replace("(missing)", "未知").ToString();
    }
}

/// <summary>One walk through the table.</summary>
internal sealed record Passage(FoundRecipe? Recipe, RowVerification Verified, bool IsWhole);

/// <summary>Which column is which.</summary>
/// <param name="Others">Columns of the record, in the order of the file.</param>
/// <param name="Given">Columns the settings name as covered, in their order.</param>
internal sealed record Layout(int Check, IReadOnlyList<int> Others, IReadOnlyList<int> Given, IReadOnlyList<string> Names)
{
    private const int MaxColumns = 60;

    public static Layout Of(Table table, CryptoSample target)
    {
        var names = table.Columns.ToList();
        var check = table.Column(target.Setting("check"), "mac", "hmac", "check", "checksum", "hash", "digest", "sign_value", "data_mac", "校验值", "校验码", "完整性校验", "完整性校验值", "摘要");
        if (check < 0 || names.Count < 2 || names.Count > MaxColumns)
        {
            throw TableFault.Of(
                table.Name,
                check < 0 ? $"认不出校验列，现有列：{string.Join("、", names.Take(40))}" : $"有 {names.Count} 列",
                check < 0 ? "用 check 写明校验列" : $"2–{MaxColumns} 列，一列是校验值");
        }

        return new(check, [.. Enumerable.Range(0, names.Count).Where(c => c != check)], [.. target.Names("columns").Select(table.Require)], names);
    }

    public byte[]? Stored(TableRow row) => row[Check] is { } text ? (BinaryText.Decode(text) ?? BinaryText.Decode(LabelledDigest.Bare(text)))?.Bytes : null;
}
