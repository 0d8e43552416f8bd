using System.Diagnostics;
using ElasticNet.Fast;

// web MODEL ROWS EXPECTED: a host with one model, its first request timed, then concurrent clients whose every answer is compared.
const int Clients = 16;

Rows rows = Rows.Read(args[1], args[2]);
WebApplicationBuilder builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddSingleton(_ => ElasticNetModel.Load(args[0]));
WebApplication app = builder.Build();

TimeSpan spent = default;
app.MapGet("/warm", () => "warm");
app.MapPost("/predict", (double[] row, IServiceProvider services) =>
{
    long start = Stopwatch.GetTimestamp();
    double prediction = services.GetRequiredService<ElasticNetModel>().Predict(row);
    if (spent == default)
        spent = Stopwatch.GetElapsedTime(start);
    return prediction;
});
await app.StartAsync();

using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
await client.GetStringAsync("/warm");
string[] names = [.. rows.Names.Where(name => name != "progression")];
await Ask(0);
await Task.WhenAll(Enumerable.Range(0, Clients).Select(async c =>
{
    for (int i = 0; i < rows.Values.Length; i++)
        await Ask((i + c * 27) % rows.Values.Length);
}));
await app.StopAsync();
Console.WriteLine(FormattableString.Invariant($"load and prediction in the first request: {spent.TotalMilliseconds:F1} ms; then {Clients} clients, {Clients * rows.Values.Length} answers, all as expected"));

async Task Ask(int row)
{
    HttpResponseMessage response = await client.PostAsJsonAsync("/predict", rows.Of(row, names));
    double predicted = await response.Content.ReadFromJsonAsync<double>();
    if (predicted != rows.Expected[row])
        throw new InvalidOperationException($"row {row + 1}: {predicted}, and not {rows.Expected[row]}");
}
