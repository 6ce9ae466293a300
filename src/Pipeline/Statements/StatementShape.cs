using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>What a statement has to be, whoever wrote it: the same as candidate.yaml asks of attestations and waivers.</summary>
public static class StatementShape
{
    private const int NameCap = 100;
    private const int OrganisationCap = 200;
    private const int TextCap = 4000;
    private const int MostFiles = 20;

    /// <summary>What is wrong, for people; null where nothing is.</summary>
    public static string? Fault(Statement statement) => OfItem(statement.Item)
        ?? (statement.Files.Count > MostFiles ? $"附件超过 {MostFiles} 个" : null)
        ?? statement.Files.Select(Of).FirstOrDefault(f => f is not null)
        ?? (statement switch
        {
            { Attestation: not null, Waiver: not null } => "既是人工确认又是豁免",
            { Attestation: { } attestation } => Of(attestation, statement),
            { Waiver: { } waiver } => Of(waiver, statement),
            _ => null,
        });

    private static string? OfItem(StatementItem item) =>
        Text(item.RequirementId, OrganisationCap, "对象") ?? (item.TargetId is { } target ? Text(target, NameCap, "对象") : null)
        ?? (Enum.IsDefined(item.Kind) ? null : "种类不对");

    private static string? Of(StatementFile file) => Text(file.Name, OrganisationCap, "附件名")
        ?? (file.Sha256.Length == 64 && file.Sha256.All(char.IsAsciiHexDigitLower) ? null : "附件的杂凑值不对")
        ?? (file.Bytes is >= 0 and <= StatementReading.AttachmentCap ? null : "附件的长度不对");

    private static string? Of(Attestation attestation, Statement statement) =>
        Belongs(statement, StatementKind.Attestation, attestation.Id, attestation.RequirementId, attestation.TargetId)
        ?? Text(attestation.By, NameCap, "确认人") ?? Text(attestation.Organisation, OrganisationCap, "单位")
        ?? (attestation.Statement is { } said ? Text(said, TextCap, "说明") : null)
        ?? (attestation.Verdict == Verdict.NeedsReview || !Enum.IsDefined(attestation.Verdict) ? "没有结论" : null)
        ?? (attestation is { Verdict: Verdict.NotApplicable, Statement: null } ? $"说“{Verdict.NotApplicable.Name()}”须写明理由" : null)
        ?? (attestation.On > BeijingTime.DayOf(statement.SavedAt) ? "日期在将来" : null)
        ?? (attestation.EvidenceIds.Count > MostFiles * 2 ? "证据太多" : attestation.EvidenceIds.Select(e => Text(e, OrganisationCap, "证据")).FirstOrDefault(f => f is not null));

    private static string? Of(Waiver waiver, Statement statement) =>
        Belongs(statement, StatementKind.Waiver, waiver.Id, waiver.RequirementId, waiver.TargetId)
        ?? Text(waiver.ApprovedBy, NameCap, "批准人") ?? Text(waiver.Justification, TextCap, "理由")
        ?? (waiver.ExpiresOn < BeijingTime.DayOf(statement.SavedAt) ? "到期日已过" : null);

    private static string? Belongs(Statement statement, StatementKind kind, string id, string requirement, string? target) =>
        statement.Item.Kind == kind && id == statement.Item.Id && requirement == statement.Item.RequirementId && target == statement.Item.TargetId ? null : "内容与条目不符";

    private static string? Text(string text, int cap, string name) => string.IsNullOrWhiteSpace(text) ? $"{name}没有填写"
        : text.Length > cap ? $"{name}超过 {cap} 字"
        : text.Any(c => char.IsControl(c) && c is not ('\n' or '\t')) ? $"{name}有控制字符"
        : null;
}
