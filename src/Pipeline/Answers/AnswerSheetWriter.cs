using System.Globalization;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>Writes an answers file in YAML, every question above its answer.</summary>
public static class AnswerSheetWriter
{
    public static string Write(AnswerSheet sheet, AnswerQuestions questions)
    {
        var text = new StringBuilder("""
            # 等级保护答题文件。改好后：securitycheck answers check 本文件 --candidate candidate.yaml
            # 转成表格或网页填写：securitycheck answers convert 本文件 答题.xlsx（或 答题.html），填完再转回来，内容不丢。
            # verdict：符合、部分符合、不符合、不适用；不知道就留空。没有证据的符合、部分符合、不适用都不计。
            # documents 引用下面登记的文档（一份文档可以回答很多条）；evidence 写单独的附件，路径在本文件所在目录下面。


            """.ReplaceLineEndings("\n"));
        text.Append("answers: ").Append(sheet.System).Append('\n');
        text.Append("\n# 文档清单：有文件就写 file 与 issuedOn；sha256 可由 securitycheck answers check --write-hashes 补上\n");
        Section(text, "documents", sheet.Documents, d => Document(text, d, questions));
        text.Append("\n# 条目\n");
        Section(text, "items", sheet.Answers, a => Item(text, a, questions));
        text.Append("\n# 高风险情形：claim 写 存在、不存在、已缓解（另写 mitigation）；不存在与已缓解要附证据\n");
        Section(text, "highRisks", sheet.Cases, c => Case(text, c, questions));
        return text.ToString();
    }

    private static void Section<T>(StringBuilder text, string name, IReadOnlyList<T> rows, Action<T> write)
    {
        text.Append(name).Append(rows.Count == 0 ? ": []\n" : ":\n");
        rows.ToList().ForEach(write);
    }

    private static void Document(StringBuilder text, SheetDocument document, AnswerQuestions questions)
    {
        if (questions.Documents.FirstOrDefault(d => d.Id == document.Kind) is { } kind)
        {
            Comment(text, $"{kind.Title}（{kind.Holder}{(kind.ValidMonths is { } months ? $"，{months} 个月内的才算" : "")}）");
        }

        text.Append("- id: ").Append(document.Id).Append("\n  kind: ").Append(document.Kind).Append('\n');
        Pair(text, "file", document.File?.Path);
        Pair(text, "sha256", document.File?.Sha256);
        Pair(text, "issuedOn", document.IssuedOn);
        Pair(text, "expiresOn", document.ExpiresOn);
    }

    private static void Item(StringBuilder text, ItemAnswer answer, AnswerQuestions questions)
    {
        Question(text, questions.Of(answer));
        text.Append("- item: ").Append(Quote(answer.Item)).Append('\n');
        Optional(text, "object", answer.Object);
        Pair(text, "verdict", answer.Verdict?.Name());
        Row(text, answer);
    }

    private static void Case(StringBuilder text, CaseAnswer answer, AnswerQuestions questions)
    {
        Question(text, questions.Of(answer));
        text.Append("- cases: [").AppendJoin(", ", answer.Cases.Select(Quote)).Append("]\n");
        Pair(text, "claim", answer.Claim is { } claim ? AnswerSheetReader.Claims.First(c => c.Value == claim).Word : null);
        Optional(text, "mitigation", answer.Mitigation);
        Row(text, answer);
    }

    private static void Row(StringBuilder text, SheetRow row)
    {
        Pair(text, "by", row.By);
        Pair(text, "organisation", row.Organisation);
        Pair(text, "on", row.On);
        Pair(text, "statement", row.Statement);
        text.Append("  documents: [").AppendJoin(", ", row.Documents).Append("]\n");
        if (row.Evidence.Count > 0)
        {
            text.Append("  evidence:\n");
            foreach (var file in row.Evidence)
            {
                text.Append("  - file: ").Append(Quote(file.Path)).Append('\n');
                if (file.Sha256 is { } hash)
                {
                    text.Append("    sha256: ").Append(Quote(hash)).Append('\n');
                }
            }
        }
    }

    private static void Question(StringBuilder text, AnswerQuestion question)
    {
        text.Append('\n');
        Comment(text, question.Where);
        Comment(text, question.Asks);
        Comment(text, $"看：{question.Look}；证据：{question.Evidence}{(question.Documents.Count > 0 ? $"；文档：{string.Join('、', question.Documents)}" : "")}");
    }

    private static void Comment(StringBuilder text, string says)
    {
        foreach (var line in says.ReplaceLineEndings("\n").Split('\n').Where(l => l.Length > 0))
        {
            text.Append("# ").Append(line).Append('\n');
        }
    }

    private static void Optional(StringBuilder text, string key, string? value)
    {
        if (value is not null)
        {
            Pair(text, key, value);
        }
    }

    private static void Pair(StringBuilder text, string key, string? value) =>
        text.Append("  ").Append(key).Append(value is null ? ":" : $": {Quote(value)}").Append('\n');

    private static void Pair(StringBuilder text, string key, DateOnly? day) => Pair(text, key, day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>Double-quoted YAML is JSON: whatever was typed stays text.</summary>
    private static string Quote(string text) => JsonSerializer.Serialize(text, ObservationJson.Compact);
}
