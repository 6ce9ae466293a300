using System.Globalization;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Reads the rows of a register into products.</summary>
/// <param name="file">For messages.</param>
/// <param name="table">Open.</param>
/// <param name="today">A certificate given out later, or a purchase made later, is none.</param>
internal sealed partial class RegisterReader(string file, Table table, DateOnly today)
{
    /// <summary>Digits that differ in any real number of so many.</summary>
    private const int FewestDifferentDigits = 3;

    private readonly IReadOnlyDictionary<string, int> _places = RegisterFields.Places(table.Columns);
    private readonly List<string> _unreadable = [];

    public IReadOnlyList<string> Unreadable => _unreadable;

    public IReadOnlyList<string> MissingColumns => [.. RegisterFields.All.Where(f => _places[f.Field] < 0).Select(f => f.Field)];

    /// <summary>Whether there is anything a product could be known by.</summary>
    public bool IsRegister => _places[RegisterFields.Name] >= 0 || _places[RegisterFields.Number] >= 0;

    /// <summary>Null for a row without name and number.</summary>
    public RegisteredProduct? Read(TableRow row)
    {
        var (name, number) = (Text(row, RegisterFields.Name), Text(row, RegisterFields.Number));
        if (!name.IsKnown && !number.IsKnown)
        {
            return null;
        }

        var (issued, expires, purchased) = (Day(row, RegisterFields.IssuedOn), Day(row, RegisterFields.ExpiresOn), Day(row, RegisterFields.PurchasedOn));
        if (Text(row, RegisterFields.ExpiresOn) is { IsKnown: true, Value: { } validity } && WrittenDates.Range(validity) is { } range)
        {
            (issued, expires) = (issued.IsKnown ? issued : new(range.From), range.To);
        }

        (issued, purchased) = (Past(row, RegisterFields.IssuedOn, issued), Past(row, RegisterFields.PurchasedOn, purchased));
        if (issued is { IsKnown: true, Value: { } from } && expires is { IsKnown: true, Value: { } to } && to <= from)
        {
            _unreadable.Add($"{file} 第 {row.Number} 行的{RegisterFields.ExpiresOn}（{to:yyyy-MM-dd} 不在{RegisterFields.IssuedOn} {from:yyyy-MM-dd} 之后）");
            (issued, expires) = (default, default);
        }

        var (deployed, tested) = (Version(row, RegisterFields.Deployed), Version(row, RegisterFields.Tested));
        return new RegisteredProduct
        {
            Name = name is { IsKnown: true, Value: { } called } ? called : number is { IsKnown: true, Value: { } known } ? known : $"第 {row.Number} 行",
            Note = "",
            Row = row.Number,
            Model = Text(row, RegisterFields.Model),
            CertificateNumber = number,
            NumberForm = number.IsKnown ? new(FormOf(number.Value)) : default,
            Issuer = Text(row, RegisterFields.Issuer) is { IsKnown: true, Value: var issuer } ? new(IssuerOf(issuer)) : default,
            IssuedOn = Written(issued),
            ExpiresOn = Written(expires),
            PurchasedOn = Written(purchased),
            CoversPurchase = Covers(issued, expires, purchased),
            DeployedVersion = deployed,
            TestedVersion = tested,
            VersionMatches = deployed is { IsKnown: true, Value: { } d } && tested is { IsKnown: true, Value: { } t } ? Plain(d) == Plain(t) : default(Fact<bool>),
            ModuleLevel = Level(row),
            UsedFor = _places[RegisterFields.UsedFor] < 0 ? default(Fact<IReadOnlyList<string>>) : Objects(row),
            MissingFields = [.. RegisterFields.All.Where(f => !Text(row, f.Field).IsKnown).Select(f => f.Field)],
        };
    }

    private Fact<IReadOnlyList<string>> Objects(TableRow row) => Text(row, RegisterFields.UsedFor) is not { IsKnown: true, Value: var written } ? default(Fact<IReadOnlyList<string>>)
        : new([.. (written ?? "").Split([',', '，', '、', ';', '；', '/'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)]);

    private static Fact<bool> Covers(Fact<DateOnly?> issued, Fact<DateOnly?> expires, Fact<DateOnly?> purchased) =>
        purchased is not { IsKnown: true, Value: { } day } ? default(Fact<bool>)
        : expires is { IsKnown: true, Value: { } last } && day > last ? false
        : issued is { IsKnown: true, Value: { } first } ? day < first ? false : expires is { IsKnown: true, Value: not null } ? true : default(Fact<bool>)
        : default(Fact<bool>);

    /// <summary>Missing where empty; null where it says that there is none.</summary>
    private Fact<string?> Text(TableRow row, string field) => row[_places[field]]?.Trim() is not { Length: > 0 } text ? default
        : text is "无" or "没有" or "-" or "—" or "/" or "N/A" or "n/a" ? new(null)
        : new(text.Length > 200 ? text[..200] : text);

    private Fact<DateOnly?> Day(TableRow row, string field)
    {
        if (Text(row, field) is not { IsKnown: true } text)
        {
            return default;
        }

        if (text.Value is not { } written)
        {
            return new(null);
        }

        if (WrittenDates.Read(written) is { } day)
        {
            return new(day);
        }

        if (field != RegisterFields.ExpiresOn || WrittenDates.Range(written) is null)
        {
            _unreadable.Add($"{file} 第 {row.Number} 行的{field}（应为 2025-07-01、2025/7/1、2025年7月1日 一类，年在前）");
        }

        return default;
    }

    private Fact<DateOnly?> Past(TableRow row, string field, Fact<DateOnly?> day)
    {
        if (day is { IsKnown: true, Value: { } written } && written > today)
        {
            _unreadable.Add($"{file} 第 {row.Number} 行的{field}（{written:yyyy-MM-dd} 在今天之后）");
            return default;
        }

        return day;
    }

    /// <summary>Something with a digit in it.</summary>
    private Fact<string?> Version(TableRow row, string field)
    {
        var text = Text(row, field);
        if (text is { IsKnown: true, Value: { } written } && !written.Any(char.IsAsciiDigit))
        {
            _unreadable.Add($"{file} 第 {row.Number} 行的{field}（应为 3.1.2 一类，含数字）");
            return default;
        }

        return text;
    }

    private Fact<int?> Level(TableRow row)
    {
        if (Text(row, RegisterFields.Level) is not { IsKnown: true } text)
        {
            return default;
        }

        if (text.Value is not { } written)
        {
            return new(null);
        }

        var found = LevelWord().Match(written) is { Success: true } word ? word.Groups["n"].Value switch { "一" or "1" => 1, "二" or "2" => 2, "三" or "3" => 3, _ => 4 } : (int?)null;
        if (found is null)
        {
            _unreadable.Add($"{file} 第 {row.Number} 行的{RegisterFields.Level}（应为 1–4 或 一级–四级）");
            return default;
        }

        return found;
    }

    private static Fact<string?> Written(Fact<DateOnly?> day) => day.IsKnown ? new(day.Value?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : default;

    /// <summary>Blanks, letter case and one V before the first digit aside.</summary>
    private static string Plain(string version)
    {
        var bare = string.Concat(version.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
        return bare is ['V', >= '0' and <= '9', ..] ? bare[1..] : bare;
    }

    private static CertificateNumberForm? FormOf(string? number) => number is null ? null
        : IsPlaceholder(number) ? CertificateNumberForm.Other
        : Certified().IsMatch(number.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant()) ? CertificateNumberForm.Certificate
        : TypeCertified().IsMatch(number.Trim().ToUpperInvariant()) ? CertificateNumberForm.TypeCertificate
        : CertificateNumberForm.Other;

    /// <summary>Zeros, nines, or digits in a row, as people write where they know none.</summary>
    private static bool IsPlaceholder(string number)
    {
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        return digits.Length >= 6 && (digits.Distinct().Count() < FewestDifferentDigits
            || "12345678901234567890".StartsWith(digits, StringComparison.Ordinal) || "01234567890123456789".StartsWith(digits, StringComparison.Ordinal));
    }

    /// <summary>By the whole name: another house may carry it within its own.</summary>
    private static CertificateIssuer? IssuerOf(string? issuer) => issuer?.Replace(" ", "", StringComparison.Ordinal) switch
    {
        null => null,
        "商用密码检测认证中心" or "国家密码管理局商用密码检测认证中心" => CertificateIssuer.CertificationCentre,
        "商用密码检测中心" or "国家密码管理局商用密码检测中心" => CertificateIssuer.TestingCentre,
        _ => CertificateIssuer.Other,
    };

    [GeneratedRegex("^GM[0-9]{12,16}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Certified();

    [GeneratedRegex("^S[A-Z]{2}[0-9]{3,10}(-[A-Z0-9]{1,8})?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TypeCertified();

    [GeneratedRegex("^(安全)?(等级)?第?(?<n>[一二三四1234])(级|級)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex LevelWord();
}
