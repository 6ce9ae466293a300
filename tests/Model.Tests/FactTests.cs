using System.Text.Json;

namespace SmartCity.SecurityCheck.Model.Tests;

public sealed class FactTests
{
    private sealed record Seen
    {
        public required string Name { get; init; }

        public Fact<string?> Text { get; init; }

        public Fact<int> Number { get; init; }

        public Fact<IReadOnlyList<string>> Words { get; init; }

        public Fact<Fact<int>> Twice { get; init; }
    }

    [Fact]
    public void A_missing_fact_is_left_out_a_known_null_is_kept_and_a_list_is_whole()
    {
        Assert.Equal("""{"name":"n"}""", Json(new Seen { Name = "n" }));
        Assert.Equal("""{"name":"n","text":null}""", Json(new Seen { Name = "n", Text = new Fact<string?>(null) }));
        Assert.Equal("""{"name":"n","words":[]}""", Json(new Seen { Name = "n", Words = new Fact<IReadOnlyList<string>>([]) }));
        Assert.Equal("""{"name":"n","words":["a","政务"]}""", Json(new Seen { Name = "n", Words = new Fact<IReadOnlyList<string>>(["a", "政务"]) }));
    }

    [Fact]
    public void A_known_zero_or_false_is_not_a_missing_one()
    {
        Assert.Equal("""{"name":"n","number":0}""", Json(new Seen { Name = "n", Number = 0 }));
        Assert.NotEqual(default, new Fact<int>(0));
        Assert.NotEqual(default, new Fact<string?>(null));
        Assert.NotEqual(default, new Fact<bool>(false));
    }

    [Theory]
    [InlineData("""{"name":"n"}""", false, false)]
    [InlineData("""{"name":"n","text":null,"number":0}""", true, true)]
    public void What_was_written_reads_back_the_same(string json, bool text, bool number)
    {
        var seen = JsonSerializer.Deserialize<Seen>(json, ObservationJson.Compact)!;
        Assert.Equal((text, number), (seen.Text.IsKnown, seen.Number.IsKnown));
        Assert.Equal(json, Json(seen));
    }

    [Fact]
    public void The_value_of_a_missing_fact_cannot_be_taken_by_mistake()
    {
        Assert.Throws<InvalidOperationException>(() => default(Fact<int>).Value);
        Assert.Equal("(missing)", default(Fact<int>).ToString());
        Assert.Equal(3, ((Fact<int>)3).Value);
    }

    private static string Json(Seen seen) => JsonSerializer.Serialize(seen, ObservationJson.Compact);
}
