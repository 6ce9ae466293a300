using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Reads an export of the table of users once, and tries what a test account's password becomes.</summary>
public sealed class PasswordColumnsProbe : Probe<CryptoSample, PasswordColumn>
{
    /// <summary>Each row is remembered by sixteen bytes.</summary>
    private const long MaxRows = 1_000_000;

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "crypto.password-columns",
        Pillar = Pillar.CommercialCrypto,
        Title = "口令存储形式",
        Question = "用户口令以什么形式存储，有没有盐，用的是什么算法？",
        Needs = typeof(CryptoSample),
        Samples = CryptoSampleKind.Password,
        Observes = typeof(PasswordColumn),
        Touches = Touches.Files,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromMinutes(5),
        Version = "1",
    };

    protected override Task<ProbeOutcome> ObserveAsync(CryptoSample target, ProbeContext context, CancellationToken cancellationToken)
    {
        var (tree, name) = target.OnlyFile();
        using var table = TableFile.Open(tree, name, target.Options() with { MaxRows = MaxRows }, cancellationToken);
        var columns = PasswordColumns.In(table, target);
        var tally = new PasswordTally();
        var tested = new Dictionary<string, TestedRow>(StringComparer.Ordinal);
        foreach (var row in table.Rows(cancellationToken))
        {
            tally.Add(row.Number, row[columns.Password], row[columns.Salt], columns.Salt >= 0, [.. Enumerable.Range(0, row.Cells.Count).Where(c => c != columns.Password && c != columns.Salt).Select(c => row[c]).OfType<string>()]);
            if (columns.Accounts.Count > 0 && row[columns.User]?.Trim() is { } user && columns.Accounts.ContainsKey(user) && !string.IsNullOrWhiteSpace(row[columns.Password]))
            {
                tested.TryAdd(user, new TestedRow(user, row[columns.Password]!.Trim(), row[columns.Salt]?.Trim(), row[columns.Iterations]));
            }
        }

        if (tally.Rows == 0)
        {
            throw TableFault.Of(name, $"{table.Columns[columns.Password]} 列没有值", "至少一行口令");
        }

        if (tested.Count < columns.Accounts.Count)
        {
            throw TableFault.Of(name, $"{table.Columns[columns.User]} 列里没有测试账号（account 的第 {columns.Accounts.Keys.ToList().FindIndex(a => !tested.ContainsKey(a)) + 1} 个）", "含有测试账号那一行的导出");
        }

        var record = Read(target, table, columns, tally, [.. tested.Values], cancellationToken) with { File = target.Digest(tree, name, cancellationToken) };
        return Task.FromResult<ProbeOutcome>(Saw(target, context, record, context.Evidence.Save(new EvidenceDraft(
            Manifest.Id, target.TargetId, "password-shapes.txt", "text/plain", Encoding.UTF8.GetBytes(Summary(record)), $"{name} 口令列的计数（不含口令与账号）"))));
    }

    private static PasswordColumn Read(
        CryptoSample target, Table table, PasswordColumns columns, PasswordTally tally, IReadOnlyList<TestedRow> tested, CancellationToken cancellationToken)
    {
        var proofs = AccountProofs.Of(target, columns, tested, cancellationToken);
        var (proof, proven) = (proofs.Recipe, proofs.Proven);
        var judged = new PasswordColumnReading(tally, columns.Salt >= 0, table.IsWhole, proven);
        var salt = judged.Salt;
        return new PasswordColumn
        {
            File = null!,
            Column = table.Columns[columns.Password],
            Rows = tally.Rows,
            ReadWholly = table.IsWhole,
            EmptyRows = tally.EmptyRows,
            Shapes = table.IsWhole ? new(tally.Shapes) : default,
            ReadableRows = judged.ReadableRows,
            HashedRows = Seen(judged.Hashed, table.IsWhole),
            ReversibleRows = Seen(tally.Of(s => s is PasswordShape.CipherBlocks), table.IsWhole),
            OneWay = judged.OneWay,
            ProvenWholly = judged.ProvenWholly,
            BrokenHashRows = judged.BrokenHashRows,
            EqualRows = Seen(tally.EqualRows, table.IsWhole),
            LargestEqualGroup = Seen(tally.LargestEqualGroup, table.IsWhole),
            Salt = salt,
            DistinctSalts = tally.DistinctSalts == 0 ? default(Fact<long>) : tally.DistinctSalts,
            EqualDigestsBesideOtherSalts = Seen(tally.EqualBesideOtherSalts, table.IsWhole && tally.DistinctSalts > 0),
            SaltBytesLeast = salt is { IsKnown: true, Value: SaltEvidence.ProvedAbsent } ? new(null)
                : salt is { IsKnown: true, Value: not SaltEvidence.Predictable } && tally.SaltBytesLeast is { } least ? least : default(Fact<int?>),
            IterationsLeast = judged.IterationsLeast,
            CommonPasswordRows = Common(tally, salt),
            IsNational = judged.IsNational,
            AccountMatched = Matched(proofs, tested.Count),
            ProvenRows = tested.Count == 0 ? default(Fact<int>) : proven?.Rows ?? 0,
            ProvenFormRows = proven is null ? default(Fact<long>) : tally.OfForm(proven.Form),
            Proof = proof is null ? default : new(proof),
            RecipesTried = tested.Count == 0 ? default(Fact<int>) : proofs.Tried,
        };
    }

    /// <summary>One account of which no recipe was found is enough to say no; yes takes all of them.</summary>
    private static Fact<bool> Matched(AccountProofs proofs, int tested) =>
        proofs.Matched < proofs.Computable ? false : proofs.Matched == tested && tested > 0 ? true : default(Fact<bool>);

    /// <summary>A hit is a fact; that there is none is one only where no salt can have hidden it.</summary>
    private static Fact<long> Common(PasswordTally tally, Fact<SaltEvidence> salt) =>
        tally.CommonRows > 0 || (tally.ComparableRows == tally.Rows && (tally.Of(PasswordShapes.IsReadable) == tally.Rows || salt is { IsKnown: true, Value: SaltEvidence.ProvedAbsent })) ? tally.CommonRows : default(Fact<long>);

    /// <summary>More than none is a fact however many rows were left out; none is one only over all of them.</summary>
    private static Fact<long> Seen(long count, bool whole) => whole || count > 0 ? count : default(Fact<long>);

    private static string Summary(PasswordColumn seen)
    {
        var text = new StringBuilder($"文件 {seen.File.File}，{seen.File.Bytes} 字节，SM3 {seen.File.Sm3}\n列 {seen.Column}：有值 {seen.Rows} 行，{(seen.ReadWholly ? "已全部读完" : SampleTable.Cut(seen.File))}\n");
        foreach (var shape in seen.Shapes.IsKnown ? seen.Shapes.Value : [])
        {
            text.Append($"{EnumWords.Say(shape.Shape)}：{shape.Rows} 行，最早出现在第 {string.Join("、", shape.FirstRows)} 行\n");
        }

        text.Append(seen.DistinctSalts.IsKnown ? $"不同的盐：{seen.DistinctSalts.Value}；盐不同而摘要相同的行：{seen.EqualDigestsBesideOtherSalts}\n" : "");
        text.Append($"与他人相同的行：{seen.EqualRows}；可与 {CommonPasswords.Count} 个常见口令比对后命中：{seen.CommonPasswordRows}\n");
        text.Append(seen.Proof.IsKnown ? $"测试账号：{seen.Proof.Value.Recipe}，逐个验算相符 {seen.ProvenRows} 行；与它同一形式的有 {seen.ProvenFormRows} 行\n" : seen.RecipesTried.IsKnown ? $"测试账号：试过 {seen.RecipesTried.Value} 种组合，没有一种得出存储值\n" : "没有给出测试账号\n");
        return text.Replace("(missing)", "未知").ToString();
    }
}

/// <summary>Places of the columns that are needed; -1 for one that is not there.</summary>
/// <param name="Password">Column.</param>
/// <param name="User">Column.</param>
/// <param name="Salt">Column.</param>
/// <param name="Iterations">Column.</param>
/// <param name="Accounts">Test accounts and their passwords.</param>
internal sealed record PasswordColumns(int Password, int User, int Salt, int Iterations, IReadOnlyDictionary<string, string> Accounts)
{
    public static PasswordColumns In(Table table, CryptoSample sample)
    {
        var password = table.Column(sample.Setting("column"), "password", "passwd", "pwd", "user_password", "password_hash", "pass", "口令", "密码", "口令密文", "密码密文");
        password = password < 0 && table.Columns.Count == 1 ? 0 : password;
        var account = sample.Setting("account");
        var user = table.Column(sample.Setting("user"), "username", "user_name", "user", "account", "login_name", "login", "账号", "用户名", "登录名");
        if (password < 0 || (account is not null && (user < 0 || sample.Hidden("password") is null)))
        {
            throw TableFault.Of(
                table.Name,
                password < 0 ? $"认不出口令列，现有列：{string.Join("、", table.Columns.Take(40))}" : "给了 account，却没有账号列或没有 password",
                password < 0 ? "用 column 写明口令列" : "用 user 写明账号列，用 password 写明测试账号口令的出处（env: 或 file:）");
        }

        var iterations = sample.Setting("iterations") is { } named ? table.Find(named) : -1;
        var accounts = account is null ? [] : TestAccounts.Of(account, sample.Hidden("password")!.Reveal());
        return new(password, user, table.Column(sample.Setting("salt"), "salt", "盐", "盐值", "pwd_salt", "password_salt"), iterations, accounts);
    }
}
