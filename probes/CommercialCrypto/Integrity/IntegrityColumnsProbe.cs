using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Looks for the computation behind a check column, verifies every record by it, and tries alterations.</summary>
public sealed class IntegrityColumnsProbe : Probe<CryptoSample, IntegrityColumns>
{
    /// <summary>Rows the search goes through: one that was altered must not hide the recipe.</summary>
    private const int SearchedRows = 3;

    /// <summary>A recipe holds when it gives the values of this many rows, or of all there are.</summary>
    private const int NeededRows = 3;

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
        IntegritySearch search;
        FoundRecipe? recipe;
        using (var table = TableFile.Open(tree, name, target.Options(), cancellationToken))
        {
            var head = table.Rows(cancellationToken).Take(1000).ToList();
            layout = Layout.Of(table, target);
            (search, recipe) = Search(layout, target, head, cancellationToken);
            if (target.Setting("tamperTrial") == "yes" && TamperTrial.Of(layout, head) is { } trial)
            {
                evidence.Add(context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "tamper-trial.csv", "text/csv", Encoding.UTF8.GetBytes(trial.Csv), trial.Words)));
            }
        }

        IntegrityColumns record;
        using (var table = TableFile.Open(tree, name, target.Options(), cancellationToken))
        {
            record = Verify(table, layout, recipe, search, cancellationToken) with { File = SampleTable.Digest(tree, name, cancellationToken) };
        }

        evidence.Add(context.Evidence.Save(new EvidenceDraft(
            Manifest.Id, target.TargetId, "integrity-columns.txt", "text/plain", Encoding.UTF8.GetBytes(Summary(record)), $"{name} 校验列的复算结果（不含记录内容）")));
        return Task.FromResult<ProbeOutcome>(Saw(target, context, record, [.. evidence]));
    }

    private static (IntegritySearch Search, FoundRecipe? Recipe) Search(Layout layout, CryptoSample target, IReadOnlyList<TableRow> head, CancellationToken cancellationToken)
    {
        var keys = TestKey.Of(target.Hidden("key"));
        var orders = ColumnOrders.Of(layout.Others, layout.Names, layout.Given);
        var search = new IntegritySearch(layout.Names, orders, keys, cancellationToken);
        var checkable = head.Select(r => (Row: r, Stored: layout.Stored(r))).Where(r => r.Stored is { Length: >= 8 }).ToList();

        // Rows without empty fields first: an empty one is written in more ways than are tried.
        foreach (var (row, stored) in checkable.OrderBy(r => layout.Others.Count(c => string.IsNullOrEmpty(r.Row[c]))).Take(SearchedRows))
        {
            if (search.Find(row, stored!) is { } found
                && checkable.Count(r => found.Compute(layout.Names, c => r.Row[c] ?? "") is { } computed && IntegritySearch.Matches(computed, r.Stored!)) >= Math.Min(NeededRows, checkable.Count))
            {
                return (search, found);
            }
        }

        return (search, null);
    }

    private static IntegrityColumns Verify(Table table, Layout layout, FoundRecipe? recipe, IntegritySearch search, CancellationToken cancellationToken)
    {
        var seen = new RowVerification(layout, recipe);
        foreach (var row in table.Rows(cancellationToken))
        {
            seen.Add(row);
        }

        if (seen.Rows == 0)
        {
            throw TableFault.Of(table.Name, $"{layout.Names[layout.Check]} 列没有值", "至少一行带校验值的记录");
        }

        return new IntegrityColumns
        {
            File = null!,
            CheckColumn = layout.Names[layout.Check],
            Rows = seen.Rows,
            EmptyRows = table.IsWhole || seen.Empty > 0 ? seen.Empty : default(Fact<long>),
            ReadWholly = table.IsWhole,
            CheckBytes = seen.CheckBytes,
            IsKeyless = recipe is null ? default(Fact<bool>) : !recipe.Algorithm.UsesKey,
            Recipe = recipe is null ? default : new(Described(layout, recipe, seen.Matched)),
            CombinationsTried = search.Tried,
            SearchSpace = $"{layout.Others.Count} 个数据列的 {ColumnOrders.Of(layout.Others, layout.Names, layout.Given).Count} 种取舍与次序；{MessageForms.Words}；UTF-8 与 GBK；"
                + $"SM3、SHA-1、SHA-2、MD5（一次或套两次）{(search.IsCut ? "；达到计算上限，未搜完" : "")}",
            MismatchedRows = recipe is not null && (table.IsWhole || seen.Mismatched > 0) ? seen.Mismatched : default(Fact<long>),
            FirstMismatches = recipe is null ? default : new(seen.FirstMismatches),
            Tampering = seen.Tampered.Tried == 0 ? default : new(seen.Tampered),
        };
    }

    private static IntegrityRecipe Described(Layout layout, FoundRecipe recipe, long matched)
    {
        List<string> covered = [.. recipe.Order.Select(c => layout.Names[c])];
        var message = recipe.Form.Label.Replace("{0}", string.Join("‖", covered), StringComparison.Ordinal);
        return new IntegrityRecipe
        {
            Recipe = recipe.Algorithm.Label.Replace("{0}", $"{message}，{recipe.Encoding}", StringComparison.Ordinal),
            Algorithm = recipe.Algorithm.Name,
            IsNational = recipe.Algorithm.IsNational,
            UsesKey = recipe.Algorithm.UsesKey,
            IsMac = recipe.Algorithm.IsMac,
            Columns = covered,
            Uncovered = [.. layout.Others.Except(recipe.Order).Select(c => layout.Names[c])],
            MatchedRows = matched,
        };
    }

    private static string Summary(IntegrityColumns seen)
    {
        var text = new StringBuilder($"文件 {seen.File.File}，{seen.File.Bytes} 字节，SM3 {seen.File.Sm3}\n校验列 {seen.CheckColumn}：有值 {seen.Rows} 行，无值 {seen.EmptyRows} 行\n");
        text.Append(seen.Recipe.IsKnown
            ? $"校验方法：{seen.Recipe.Value.Recipe}；吻合 {seen.Recipe.Value.MatchedRows} 行，不符 {seen.MismatchedRows} 行\n"
            : $"试过 {seen.CombinationsTried} 种组合，没有一种得出校验值；这不证明用了密钥\n");
        text.Append($"搜索范围：{seen.SearchSpace}\n");
        text.Append(seen.Tampering.IsKnown ? $"内存中的篡改试验：{seen.Tampering.Value.Tried} 次，发现 {seen.Tampering.Value.Detected} 次\n" : "");
        return text.Replace("(missing)", "未知").ToString();
    }
}

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

    public byte[]? Stored(TableRow row) => row[Check] is { } text ? BinaryText.Decode(text)?.Bytes : null;
}
