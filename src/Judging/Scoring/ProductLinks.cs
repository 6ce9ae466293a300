using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Which product of a register is at which object, and what does not fit together.</summary>
internal static class ProductLinks
{
    public static IReadOnlyList<ProductLink> Of(AssessmentInput facts) =>
    [
        .. facts.Registers.OrderBy(r => r.TargetId, StringComparer.Ordinal)
            .SelectMany(r => r.Products.Where(p => Number(p, "row") is not null).OrderBy(p => Number(p, "row")).Select(p => Link(facts, r.TargetId, p))),
    ];

    /// <summary>Names that no object has, and objects at which a register is listed that names others only.</summary>
    public static IEnumerable<string> Warnings(AssessmentInput facts, IReadOnlyList<ProductLink> links)
    {
        var objects = facts.Candidate.Crypto.Objects;
        foreach (var register in facts.Registers.OrderBy(r => r.TargetId, StringComparer.Ordinal))
        {
            foreach (var product in register.Products)
            {
                var strange = (Named(product) ?? []).Where(n => !objects.Any(o => Is(o, n))).ToList();
                if (strange.Count > 0)
                {
                    yield return $"{register.TargetId} 第 {Number(product, "row")} 行的“用于对象”写了 {string.Join("、", strange)}，不是 cryptoObjects 里的编号或名称，这一行与对象对不上。";
                }
            }

            foreach (var bare in objects.Where(o => o.Targets.Contains(register.TargetId, StringComparer.Ordinal) && !links.Any(l => l.Register == register.TargetId && l.Uses.Any(u => u.ObjectId == o.Id))).OrderBy(o => o.Id, StringComparer.Ordinal))
            {
                yield return $"对象 {bare.Id}（{bare.Title}）列了登记表 {register.TargetId}，而表里没有一行写明用于它。";
            }
        }
    }

    private static ProductLink Link(AssessmentInput facts, string register, JsonElement product)
    {
        var named = Named(product);
        var uses = facts.Candidate.Crypto.Objects.Where(o => named is null ? o.Targets.Contains(register, StringComparer.Ordinal) : named.Any(n => Is(o, n)))
            .OrderBy(o => o.Id, StringComparer.Ordinal).Select(o => new ProductUse(o.Id, o.Title, o.Controls));
        return new ProductLink(register, Number(product, "row")!.Value, Text(product, "name") ?? "", Text(product, "certificateNumber"), named is not null, [.. uses]);
    }

    private static bool Is(CryptoObject of, string name) => of.Id == name || of.Title == name;

    private static IReadOnlyList<string>? Named(JsonElement product) => product.TryGetProperty("usedFor", out var list) && list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Where(n => n.ValueKind == JsonValueKind.String).Select(n => n.GetString()!)] : null;

    private static string? Text(JsonElement product, string field) => product.TryGetProperty(field, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static long? Number(JsonElement product, string field) => product.TryGetProperty(field, out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var n) ? n : null;
}
