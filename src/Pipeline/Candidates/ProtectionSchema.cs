using System.Text.Json.Nodes;
using SmartCity.SecurityCheck.Judging;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>The part of the schema about classified protection.</summary>
internal static class ProtectionSchema
{
    public static JsonObject Record() => CandidateSchema.Record(
        "等级保护自评",
        [],
        [
            ("informationLevel", CandidateSchema.Whole("业务信息安全等级 S；缺省同 protectionLevel", 1, 4)),
            ("serviceLevel", CandidateSchema.Whole("系统服务安全等级 A；缺省同 protectionLevel", 1, 4)),
            ("extensions", CandidateSchema.List("采用的技术：cloud 云计算、mobile 移动互联、iot 物联网；都没有写 []，不写就是不知道", CandidateSchema.Choice("扩展", ProtectionWords.Extensions.Select(e => e.Word)))),
            ("objectsComplete", CandidateSchema.Flag("对象清单是否完整")),
            ("objects", new JsonObject
            {
                ["description"] = "测评对象：列表，或 CSV 文件的路径（表头 id,title,kind,targets）",
                ["oneOf"] = new JsonArray(
                    CandidateSchema.Words("CSV 文件"),
                    CandidateSchema.List("测评对象", CandidateSchema.Record("对象", ["id", "title", "kind"],
                    [
                        CandidateSchema.Id(),
                        ("title", CandidateSchema.Words("名称")),
                        ("kind", CandidateSchema.Choice("种类", ProtectionWords.Kinds.Select(k => k.Word))),
                        ("targets", CandidateSchema.List("说明它的目标，如 host:app-server", CandidateSchema.Words("目标"))),
                    ]))),
            }),
            ("answers", CandidateSchema.Words("答题文件（.yaml，由 securitycheck answers new 写出）")),
        ]);
}
