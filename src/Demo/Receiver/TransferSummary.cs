using System.Globalization;
using System.Text;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>What a sender did, as far as the archive could see it.</summary>
public static class TransferSummary
{
    /// <param name="transfers">In the order in which they came.</param>
    /// <returns>Lines for people; says nothing of what was not tried.</returns>
    public static string Of(IReadOnlyList<ReceivedTransfer> transfers)
    {
        if (transfers.Count == 0)
        {
            return "没有收到任何移交。";
        }

        var lines = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"收到 {transfers.Count} 次请求，接收 {transfers.Count(t => t.Outcome == TransferOutcome.Accepted)} 个包。"));
        Say(lines, transfers, t => t.Outcome == TransferOutcome.Returned, "退回后，以同一请求号重新移交");
        Say(lines, transfers, t => t.Outcome == TransferOutcome.Silent, "不答复后，以同一请求号重试");
        Say(lines, transfers, t => t is { Outcome: TransferOutcome.Unauthorized, HadToken: true }, "令牌过期后，又来过");
        var weak = transfers.Where(t => t.DigestAlgorithm is "MD5" or "SHA-1").Select(t => t.DigestAlgorithm!).Distinct(StringComparer.Ordinal).ToList();
        if (weak.Count > 0)
        {
            lines.Append(CultureInfo.InvariantCulture, $"\n摘要用了 {string.Join('、', weak)}，不能证明信息包没有改过。");
        }

        if (transfers.Count(t => t is { Bytes: > 0, DigestMatches: null }) is > 0 and var without)
        {
            lines.Append(CultureInfo.InvariantCulture, $"\n有 {without} 次移交没有给摘要。");
        }

        return lines.ToString();
    }

    private static void Say(StringBuilder lines, IReadOnlyList<ReceivedTransfer> transfers, Func<ReceivedTransfer, bool> isSuch, string what)
    {
        for (var i = 0; i < transfers.Count; i++)
        {
            if (isSuch(transfers[i]))
            {
                var number = transfers[i].ReqId;
                var again = transfers.Skip(i + 1).Any(t => number.Length == 0 || string.Equals(t.ReqId, number, StringComparison.Ordinal));
                lines.Append(CultureInfo.InvariantCulture, $"\n{what}{(number.Length == 0 ? "" : $"（{number}）")}：{(again ? "看到了" : "没有看到")}。");
            }
        }
    }
}
