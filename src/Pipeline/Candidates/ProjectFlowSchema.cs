using System.Text.Json.Nodes;
using static SmartCity.SecurityCheck.Pipeline.CandidateSchema;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>The part of the schema about a project's own rules of flows.</summary>
internal static class ProjectFlowSchema
{
    public static (string, JsonObject) Member() => ("flows", Record("项目自己的 Java 数据流规则，与规则目录里的表一起用", [],
    [
        ("sources", List("来源：这些方法返回的是外部输入", Record("来源", ["type", "call", "kind"], [.. Method(), ("kind", Words("是什么输入，给人看"))]))),
        ("sinks", List("汇点：外部输入不得流入这些方法", Record("汇点", ["type", "call", "weakness"], [.. Method(), ("at", Places()), ("weakness", Words("缺陷的 id 或编号，如 sql 或 JT-SQL"))]))),
        ("sanitizers", List("净化：项目担保经过这些方法的值不再危险；只被它挡住的路径逐处列出，由评估人员认可", Record("净化", ["type", "call", "reason", "author", "until"],
            [.. Method(), ("cleans", Words("返回值对哪些缺陷不再危险，用空格分开")), ("guards", Words("返回 true 时参数对哪些缺陷不再危险，用空格分开")), ("at", Whole("guards 说的是第几个参数，从 0 数", 0, ProjectFlowReader.LastPlace)), ("reason", Words("为什么可信")), ("author", Words("谁负责这条声明")), ("until", Day("到哪天有效"))]))),
        ("entries", List("入口：外部调用带有这个注解的方法，或带有它的类的公开方法", Record("入口", ["annotation"], [("annotation", Words("注解的全名")), ("kind", Words("进来的是什么，给人看"))]))),
    ]));

    /// <summary>One is written as a number, several as words.</summary>
    private static JsonObject Places() => new()
    {
        ["type"] = new JsonArray("integer", "string"), ["description"] = "哪些参数，从 0 数，-1 是调用者本身，用空格分开；不写是全部", ["minimum"] = -1, ["maximum"] = ProjectFlowReader.LastPlace, ["pattern"] = "^ *-?[0-9]+( +-?[0-9]+)* *$",
    };

    private static (string, JsonObject)[] Method() => [("type", Words("类型的全名")), ("call", Words("方法名，用空格分开；构造器写 new"))];
}
