using System.Text;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>
/// Reads a list of objects out of a CSV (RFC 4180) with the headers id, title, kind, targets or 编号, 名称, 种类, 目标. UTF-8, or GB 18030
/// as spreadsheets here save it.
/// </summary>
internal sealed class ObjectTable(string shownAs, FaultList faults)
{
    private const int MostRows = 2000;

    private static readonly Dictionary<string, string> Headers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["id"] = "id", ["编号"] = "id", ["title"] = "title", ["名称"] = "title", ["kind"] = "kind", ["种类"] = "kind", ["targets"] = "targets", ["目标"] = "targets",
    };

    public IReadOnlyList<ProtectionObject> Read(byte[] bytes)
    {
        var rows = Rows(Decode(bytes));
        var columns = rows.Count == 0 ? [] : rows[0].Cells.ConvertAll(h => Headers.GetValueOrDefault(h.Trim()) ?? "");
        foreach (var missing in new[] { "id", "title", "kind" }.Except(columns, StringComparer.Ordinal))
        {
            faults.Add(new SourcePosition(shownAs, 1, 1), $"表头缺少 {missing}", "id,title,kind,targets（或 编号,名称,种类,目标）");
        }

        if (rows.Count > MostRows)
        {
            faults.Add(new SourcePosition(shownAs, MostRows, 1), $"对象多于 {MostRows} 个", "一行一个对象");
        }

        if (faults.Faults.Count > 0)
        {
            return [];
        }

        return [.. rows.Skip(1).Where(r => r.Cells.Exists(c => c.Trim().Length > 0)).Select(r => One(r.Line, name => columns.IndexOf(name) is var at && at >= 0 && at < r.Cells.Count ? r.Cells[at].Trim() : "")).OfType<ProtectionObject>()];
    }

    private ProtectionObject? One(int line, Func<string, string> cell)
    {
        var (id, title, kind) = (cell("id"), cell("title"), cell("kind"));
        var known = Enum.GetValues<AssetKind>().Where(k => k.Word() == kind || k.Name() == kind).ToList();
        var at = new SourcePosition(shownAs, line, 1);
        if (!MappingReader.IsIdentifier(id))
        {
            faults.Add(at, $"编号 {(id.Length <= 40 ? id : "")} 不合格", "小写字母、数字、点和连字符");
        }
        else if (title.Length is 0 or > 100 || title.Any(char.IsControl))
        {
            faults.Add(at, $"{id} 的名称不对", "1–100 个字");
        }
        else if (known.Count == 0)
        {
            faults.Add(at, $"{id} 的种类 {(kind.Length <= 40 ? kind : "")} 不认识", string.Join("、", Enum.GetValues<AssetKind>().Select(k => $"{k.Word()}（{k.Name()}）")));
        }
        else
        {
            return new ProtectionObject(id, title, known[0], [.. cell("targets").Split([' ', ';', '；', '、'], StringSplitOptions.RemoveEmptyEntries)]);
        }

        return null;
    }

    private static string Decode(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetString(bytes);
        }
    }

    private static List<(int Line, List<string> Cells)> Rows(string text)
    {
        var rows = new List<(int, List<string>)>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (isQuoted, line, start) = (false, 1, 1);
        void EndCell()
        {
            cells.Add(cell.ToString());
            cell.Clear();
        }

        void EndRow()
        {
            EndCell();
            rows.Add((start, cells));
            cells = [];
        }

        for (var i = 0; i < text.Length && rows.Count <= MostRows; i++)
        {
            var c = text[i];
            line += c == '\n' ? 1 : 0;
            switch (c)
            {
                case '"' when isQuoted && i + 1 < text.Length && text[i + 1] == '"':
                    cell.Append('"');
                    i++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    EndCell();
                    break;
                case '\r' when !isQuoted:
                    break;
                case '\n' when !isQuoted:
                    EndRow();
                    start = line;
                    break;
                default:
                    cell.Append(c);
                    break;
            }
        }

        if (cell.Length > 0 || cells.Count > 0)
        {
            EndRow();
        }

        return rows;
    }
}
