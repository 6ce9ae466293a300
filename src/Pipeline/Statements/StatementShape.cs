using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>What a statement has to be, whoever wrote it: the same as candidate.yaml asks of attestations and waivers.</summary>
public static class StatementShape
{
    private const int NameCap = 100;
    private const int OrganisationCap = 200;
    private const int TextCap = 4000;
    private const int MostFiles = 20;
    private const string NotOfItem = "内容与条目不符";

    /// <summary>What is wrong, for people; null where nothing is.</summary>
    public static string? Fault(Statement statement) => OfItem(statement.Item)
        ?? (statement.Files.Count > MostFiles ? $"附件超过 {MostFiles} 个" : null)
        ?? statement.Files.Select(Of).FirstOrDefault(f => f is not null)
        ?? (statement switch
        {
            _ when new object?[] { statement.Attestation, statement.Waiver, statement.Answer, statement.Case }.Count(w => w is not null) > 1 => "一条里说了两种话",
            { Attestation: { } attestation } => Of(attestation, statement),
            { Waiver: { } waiver } => Of(waiver, statement),
            { Answer: { } answer } => Of(answer, statement),
            { Case: { } answer } => Of(answer, statement),
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

    private static string? Of(ItemAnswer answer, Statement statement) =>
        (statement.Item == new StatementItem(StatementKind.ItemAnswer, answer.Item, answer.Object) ? null : NotOfItem)
        ?? (answer.Verdict is { } verdict && verdict != Verdict.NeedsReview && Enum.IsDefined(verdict) ? null : "没有结论")
        ?? (answer is { Verdict: Verdict.NotApplicable, Statement: null } ? $"说“{Verdict.NotApplicable.Name()}”须写明理由" : null)
        ?? Of((SheetRow)answer, statement);

    private static string? Of(CaseAnswer answer, Statement statement) =>
        (statement.Item.Kind == StatementKind.CaseAnswer && statement.Item.TargetId is null && answer.Cases is [var code] && code == statement.Item.RequirementId ? null : NotOfItem)
        ?? (answer.Claim is { } claim && Enum.IsDefined(claim) ? null : "没有结论")
        ?? ((answer.Claim == HighRiskClaim.Mitigated) == (answer.Mitigation is not null) ? null : "说已缓解须选降低条件，别的回答不选")
        ?? (answer.Mitigation is { } mitigation ? Text(mitigation, NameCap, "降低条件") : null)
        ?? Of((SheetRow)answer, statement);

    /// <summary>Files are those of the statement, which are hashed; what a row says of its files is nobody's word.</summary>
    private static string? Of(SheetRow row, Statement statement) =>
        Text(row.By ?? "", NameCap, "回答人") ?? Text(row.Organisation ?? "", OrganisationCap, "单位")
        ?? (row.Statement is { } said ? Text(said, TextCap, "说明") : null)
        ?? (row.On is null ? "没有填日期" : row.On > BeijingTime.DayOf(statement.SavedAt) ? "日期在将来" : null)
        ?? (row.Evidence.Count > 0 ? "附件不在该在的地方" : null)
        ?? (row.Documents.Count > MostFiles * 2 ? "文档太多" : row.Documents.Select(d => Text(d, NameCap, "文档")).FirstOrDefault(f => f is not null));

    private static string? Belongs(Statement statement, StatementKind kind, string id, string requirement, string? target) =>
        statement.Item.Kind == kind && id == statement.Item.Id && requirement == statement.Item.RequirementId && target == statement.Item.TargetId ? null : NotOfItem;

    private static string? Text(string text, int cap, string name) => string.IsNullOrWhiteSpace(text) ? $"{name}没有填写"
        : text.Length > cap ? $"{name}超过 {cap} 字"
        : text.Any(c => char.IsControl(c) && c is not ('\n' or '\t')) ? $"{name}有控制字符"
        : null;
}
