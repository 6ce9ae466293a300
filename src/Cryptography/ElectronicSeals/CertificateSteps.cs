using System.Globalization;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>What is asked of certificates and seals apart from the signature itself.</summary>
internal static class CertificateSteps
{
    public static SealCheck Validity(SealStep step, string whose, DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset? at)
    {
        var range = $"{whose}有效期 {Show(from)} 至 {Show(to)}";
        if (from is not { } first || to is not { } last || at is not { } moment)
        {
            return new(step, SealOutcome.Undecided, range, $"签名时间 {Show(at)}", "有效期或签名时间读不出");
        }

        return moment < first ? new(step, SealOutcome.Fails, range, $"签名时间 {Show(at)}", $"签名时{whose}尚未生效")
            : moment > last ? new(step, SealOutcome.Fails, range, $"签名时间 {Show(at)}", $"签名时{whose}已过期")
            : new(step, SealOutcome.Holds, range, $"签名时间 {Show(at)}", "");
    }

    public static SealCheck Chain(SealStep step, CertificateDetails? leaf, IReadOnlyList<CertificateDetails> presented, SealTrust trust, DateTimeOffset? at)
    {
        if (leaf is null)
        {
            return new(step, SealOutcome.Undecided, "可读的证书", "没有", "证书读不出");
        }

        if (trust.Anchors.Count == 0)
        {
            return new(step, SealOutcome.NoRoots, "签发到受信任的根", $"签发者 {leaf.Issuer.Text}", "未配置信任根，没有核对签发者");
        }

        if (at is not { } moment)
        {
            return new(step, SealOutcome.Undecided, "签名时间", "没有", "不知道签名时间，不能按当时核对证书链");
        }

        var path = CertificatePath.Find(new PathQuestion { Leaf = leaf, Presented = presented, Supplied = trust.Intermediates, Anchors = trust.Anchors, At = moment });
        var names = string.Join(" ← ", path.Certificates.Select(c => c.Subject.Text));
        return new(
            step,
            path.IsTrusted switch { true => SealOutcome.Holds, false => SealOutcome.Fails, null => SealOutcome.Undecided },
            string.Create(CultureInfo.InvariantCulture, $"签发到所配置的 {trust.Anchors.Count} 个信任根之一"),
            names,
            string.Join("；", path.Faults.Select(f => f.Note)));
    }

    public static string Show(DateTimeOffset? time) => time is { } known ? $"{Model.BeijingTime.ClockOf(known):yyyy-MM-dd HH:mm:ss}" : "读不出";
}
