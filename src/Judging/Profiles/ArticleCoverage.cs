using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// 条款覆盖 · every article number of a measure stands under a clause or is named, with a reason, as none. Holds for profiles that say how
/// many articles their text has; whether a clause says all that its article asks is for people to read.
/// </summary>
internal sealed class ArticleCoverage(FaultList faults)
{
    private const string Example = "notClauses: [{articles: [1, 2], reason: 目的与适用范围}]";

    private readonly List<(int Article, SourcePosition At)> _left = [];

    /// <summary>One line of <c>notClauses</c>.</summary>
    public LeftOutArticles? Read(MappingReader reader)
    {
        var reason = reader.Text("reason", required: true, Example);
        var articles = new List<string>();
        foreach (var item in reader.Items("articles", required: true, Example))
        {
            if (item is YamlScalar { Text: var word } && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= ArticleNumber.Cap)
            {
                _left.Add((number, item.At));
                articles.Add(ArticleNumber.Name(number));
            }
            else
            {
                faults.Add(item.At, "不是条号", $"1 到 {ArticleNumber.Cap} 的数", Example);
            }
        }

        return reason is null ? null : new LeftOutArticles(articles, reason);
    }

    /// <param name="count">How many articles the text has; null where the profile does not say.</param>
    /// <param name="clauses">Read.</param>
    /// <param name="at">Of the profile.</param>
    public void Check(int? count, IReadOnlyList<Clause> clauses, SourcePosition at)
    {
        if (count is not { } all)
        {
            return;
        }

        var asked = new HashSet<int>();
        foreach (var clause in clauses)
        {
            if (ArticleNumber.Parse(clause.Article) is { } named && named.Last <= all)
            {
                asked.UnionWith(Enumerable.Range(named.First, named.Last - named.First + 1));
            }
            else
            {
                faults.Add(at, $"条款 {clause.Id} 的 {clause.Article} 不在这个办法里", $"第一条到{ArticleNumber.Name(all)}");
            }
        }

        foreach (var (article, place) in _left.Where(l => l.Article > all || asked.Contains(l.Article)))
        {
            faults.Add(place, article > all ? $"{ArticleNumber.Name(article)}不在这个办法里" : $"{ArticleNumber.Name(article)}已经是条款", "不是条款的条");
        }

        var missing = Enumerable.Range(1, all).Where(n => !asked.Contains(n) && !_left.Exists(l => l.Article == n)).Select(ArticleNumber.Name).ToList();
        if (missing.Count > 0)
        {
            faults.Add(at, $"没有写到：{string.Join("、", missing)}", "每一条都是条款，或者列在 notClauses 里并说明理由", Example);
        }
    }
}
