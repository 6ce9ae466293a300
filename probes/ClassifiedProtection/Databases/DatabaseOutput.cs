using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>One fact of a script's output: its kind and what stands behind it.</summary>
internal sealed record DatabaseFact(string Kind, IReadOnlyList<string> Values)
{
    /// <summary>As it is kept in evidence.</summary>
    public string Line => $"{Kind} | {string.Join(" | ", Values)}";
}

/// <summary>
/// What an SQL script printed, whatever printed it: every fact stands between a mark at its beginning and one at its end on one line, so
/// headers, frames, row numbers, padding and messages of psql, mysql, disql and ksql are passed over. The script tells how many facts of
/// each kind there are; a list without its number, as where the account may not see a view, was not seen.
/// </summary>
internal sealed partial class DatabaseOutput
{
    public const int SizeCap = 4 * 1024 * 1024;
    private const string Begin = "SCFACT|";
    private const string End = "|END";
    private const int FactCap = 20_000;
    private const int LineCap = 4000;
    private const int ValueCap = 16;
    private const int Limit = 2000;
    private readonly List<DatabaseFact> _facts;
    private readonly Dictionary<string, int> _counts;

    private DatabaseOutput(DatabaseProduct product, string version, string instance, string at, List<DatabaseFact> facts, Dictionary<string, int> counts, DateOnly? today)
    {
        (Product, Version, Instance, At, _facts, _counts) = (product, version, instance, at, facts, counts);
        AgeDays = today is { } day && DateOnly.TryParseExact(at.Length < 10 ? "" : at[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var then) && then <= day.AddDays(1)
            ? Math.Max(0, day.DayNumber - then.DayNumber) : null;
    }

    public DatabaseProduct Product { get; }

    public string Version { get; }

    /// <summary>Tells several databases of one host apart; outputs of one instance belong together.</summary>
    public string Instance { get; }

    /// <summary>When, in the words of the database.</summary>
    public string At { get; }

    /// <summary>Days since then; null where it says no day, or one to come.</summary>
    public long? AgeDays { get; }

    public IReadOnlyList<DatabaseFact> Facts => _facts;

    /// <summary>All facts of a kind; null where the script could not list them.</summary>
    public IReadOnlyList<DatabaseFact>? Whole(string kind) => _counts.ContainsKey(kind) ? _facts.FindAll(f => f.Kind == kind) : null;

    /// <summary>A fact that stands alone; null where it could not be had.</summary>
    public DatabaseFact? Single(string kind) => _facts.Find(f => f.Kind == kind);

    /// <param name="bytes">UTF-8, UTF-16 with a mark, or GB18030.</param>
    /// <param name="today">Of the run; null where age does not matter.</param>
    /// <exception cref="UnableException">No output of a script, a cut or altered one, or one that holds password hashes.</exception>
    public static DatabaseOutput Read(byte[] bytes, DateOnly? today = null)
    {
        if (bytes.Length > SizeCap)
        {
            throw Bad($"超过 {SizeCap / 1024 / 1024} MiB");
        }

        var facts = new List<DatabaseFact>();
        var number = 0;
        foreach (var line in Decoded(bytes).Split('\n'))
        {
            number++;
            RefuseHashes(line, number);
            Collect(line.TrimEnd('\r'), number, facts);
        }

        return Checked(facts, today);
    }

    private static void Collect(string line, int number, List<DatabaseFact> into)
    {
        for (var at = line.IndexOf(Begin, StringComparison.Ordinal); at >= 0; at = line.IndexOf(Begin, at, StringComparison.Ordinal))
        {
            var end = line.IndexOf(End, at, StringComparison.Ordinal);
            if (end < 0 || end - at > LineCap)
            {
                throw Bad($"第 {number} 行的事实不完整：输出折行或被截断，请加大行宽后重做");
            }

            var parts = end < at + Begin.Length ? [] : line[(at + Begin.Length)..end].Split('|');
            if (parts.Length is 0 or > ValueCap || parts[0].Length is 0 or > 20 || into.Count >= FactCap)
            {
                throw Bad($"第 {number} 行不是脚本写出的格式");
            }

            into.Add(new DatabaseFact(parts[0], [.. parts[1..].Select(p => Plain(p.Trim(), number))]));
            at = end + End.Length;
        }
    }

    private static DatabaseOutput Checked(List<DatabaseFact> facts, DateOnly? today)
    {
        var begins = facts.FindAll(f => f.Kind == "begin");
        var ends = facts.FindAll(f => f.Kind == "end");
        switch (begins.Count, ends.Count)
        {
            case (0, _):
                throw Bad("里面没有脚本的输出（找不到开头一行）");
            case ( > 1, _) or (_, > 1):
                throw Bad("里面有两次执行的输出，请一次执行一份文件");
            case (_, 0):
                throw Bad("没有结尾一行：执行中断或输出被截断");
        }

        if (begins[0].Values is not ["1", var word, var version, var instance, var at])
        {
            throw Bad("开头一行的版本不认识，请用本版本打印的脚本");
        }

        var product = DatabaseScripts.All.FirstOrDefault(a => a.Word == word);
        if (product.Word is null)
        {
            throw Bad("开头一行的产品不认识");
        }

        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var count in facts.Where(f => f.Kind == "count"))
        {
            var (kind, said) = count.Values is [var k, var n] && int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var c) ? (k, c) : throw Bad("有一行计数不对");
            var found = facts.Count(f => f.Kind == kind);
            if (found != said || !counts.TryAdd(kind, said))
            {
                throw Bad($"{kind} 应有 {said} 条，实有 {found} 条：输出被截断或改动过");
            }
        }

        return new DatabaseOutput(product.Product, version, instance, at, [.. facts.Where(f => f.Kind is not ("begin" or "end" or "count"))], counts, today);
    }

    private static UnableException Bad(string why) => new(FailureKind.BadInput, $"数据库脚本的输出不能用：{why}");

    /// <summary>Tools write what the shell or the terminal wants.</summary>
    private static string Decoded(byte[] bytes)
    {
        switch (bytes)
        {
            case [0xFF, 0xFE, ..]:
                return Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2);
            case [0xFE, 0xFF, ..]:
                return Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2);
        }

        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetString(bytes);
        }
    }

    /// <summary>Names beyond plain letters come in hexadecimal, so that no encoding on the way can harm them.</summary>
    private static string Plain(string value, int number)
    {
        var text = value;
        if (value.StartsWith("hex:", StringComparison.Ordinal))
        {
            try
            {
                text = Encoding.UTF8.GetString(Convert.FromHexString(value[4..]));
            }
            catch (FormatException)
            {
                throw Bad($"第 {number} 行有不成对的十六进制");
            }

            RefuseHashes(text, number);
        }

        return string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));
    }

    /// <summary>The scripts select none. Whoever selected more hands in what belongs in no report, and is told without its being repeated.</summary>
    private static void RefuseHashes(string line, int number)
    {
        if (Hash().IsMatch(HexName().Replace(line, "")))
        {
            throw Bad($"第 {number} 行像口令散列，整份文件没有使用；请只交原脚本的输出，并删去这份文件");
        }
    }

    [GeneratedRegex(@"SCRAM-SHA-(1|256|512)\$[0-9]|md5[0-9a-f]{32}|\*[0-9A-Fa-f]{40}|\$A\$00[0-9]\$|\$(1|2[abxy]|5|6|7|y|gy|sm3|argon2[a-z]{1,2}|scrypt|pbkdf2[a-z0-9-]*)\$|[0-9A-Fa-f]{32}|[A-Za-z0-9+/]{43}=", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Hash();

    [GeneratedRegex("hex:[0-9A-Fa-f]*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Limit)]
    private static partial Regex HexName();
}
