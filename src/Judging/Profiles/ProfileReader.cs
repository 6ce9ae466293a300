using System.Security.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads one acceptance profile (验收办法).</summary>
public sealed class ProfileReader(FaultList faults)
{
    private static readonly (string, Gate)[] Gates =
        [("filing", Gate.Filing), ("go-live", Gate.GoLive), ("acceptance", Gate.Acceptance), ("advisory", Gate.Advisory)];

    private static readonly (string, PeriodKind)[] Kinds = [("trial-at-least", PeriodKind.TrialAtLeast), ("apply-within", PeriodKind.ApplyWithin)];

    /// <returns>Null where the file's head has faults.</returns>
    public AcceptanceProfile? Read(string shownAs, byte[] bytes)
    {
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var id = head.Identifier("profile", required: true, "profile: luojiang-2025");
        var title = head.Text("title", required: true);
        var source = head.Text("source", required: true);
        var notes = head.Texts("notes");
        var from = head.Date("validFrom");
        var until = head.Date("validUntil");
        var articles = head.Integer("articles", 1, ArticleNumber.Cap);
        var coverage = new ArticleCoverage(faults);
        var leftOut = head.Each("notClauses", coverage.Read);
        var extends = head.Peek("extends") is null ? null : head.Identifier("extends", required: false, "extends: shangrao-2020");
        var without = head.Texts("without");
        var clauses = head.Each("clauses", Clause, required: extends is null);
        head.Finish();
        coverage.Check(articles, clauses, head.At);
        if (without.Count > 0 && extends is null)
        {
            faults.Add(head.PlaceOf("without"), "without 只和 extends 一起用", "extends: 上级办法的编号");
        }

        foreach (var twice in clauses.GroupBy(c => c.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            faults.Add(head.At, $"条款编号 {twice.Key} 重复", "唯一的编号", $"id: {twice.Key}-2");
        }

        return id is null || title is null || source is null ? null : new AcceptanceProfile
        {
            Id = id,
            Title = title,
            Source = source,
            Notes = notes,
            ValidFrom = from,
            ValidUntil = until,
            Clauses = clauses,
            Articles = articles,
            NotClauses = leftOut,
            Extends = extends,
            Without = without,
            File = shownAs,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
        };
    }

    private Clause? Clause(MappingReader reader)
    {
        var id = reader.Text("id", required: true, "id: LJ-22-1", cap: 64);
        var article = reader.Text("article", required: true, "article: 第二十二条");
        var summary = reader.Text("summary", required: true);
        var gate = reader.Choice("gate", Gates, required: true);
        var materials = reader.Texts("materials");
        var pillars = Pillars(reader);
        var periods = reader.Each("periods", Period);
        var applies = reader.Take("appliesWhen") is { } condition ? new PredicateReader(faults).Read(condition, RecordSchema.Nothing.Root) : null;
        if (materials.Count + pillars.Count + periods.Count == 0)
        {
            faults.Add(reader.At, $"条款 {id} 既没有材料也没有支柱", "materials 或 pillars");
        }

        return id is null || article is null || summary is null || gate is null ? null : new Clause
        {
            Id = id,
            Article = article,
            Summary = summary,
            Gate = gate.Value,
            Materials = materials,
            Pillars = pillars,
            Periods = periods,
            AppliesWhen = applies,
        };
    }

    private static ClausePeriod? Period(MappingReader reader)
    {
        var kind = reader.Choice("kind", Kinds, required: true);
        var months = reader.Integer("months", 1, 120, required: true);
        return kind is null || months is null ? null : new ClausePeriod(kind.Value, months.Value);
    }

    private List<Pillar> Pillars(MappingReader reader)
    {
        var found = new List<Pillar>();
        foreach (var item in reader.Items("pillars"))
        {
            if (item is YamlScalar { Text: var word } && PillarNames.FromId(word) is { } pillar)
            {
                found.Add(pillar);
            }
            else
            {
                faults.Add(item.At, "不认识的支柱", string.Join("、", PillarNames.Ids));
            }
        }

        return found;
    }
}
