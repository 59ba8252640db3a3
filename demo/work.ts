/** What a subagent does to the code of the example repository. */
export interface Work {
  readonly message: string;
  readonly edits: readonly Edit[];
  /** New files, by path. */
  readonly files: Readonly<Record<string, string>>;
}

interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** By issue. #8 and #4 edit the same file in different places, and so do #6 and #5. */
export const WORK: Readonly<Record<number, Work>> = {
  8: {
    message: 'Bid under a lock, so that a task is bid on once',
    edits: [
      {
        file: 'market_scanner.py',
        from: lines(
          '        bid = Bid(task.id, task.price)',
          '        await self.market.place(bid)',
          '        return bid',
        ),
        to: lines(
          '        async with self.market.lock(task.id):',
          '            bid = Bid(task.id, task.price)',
          '            await self.market.place(bid)',
          '            return bid',
        ),
      },
    ],
    files: {
      'locked_market.py': lines(
        'class LockedMarket:',
        '    """A market on which only one scanner at a time bids on a task."""',
        '',
        '    def __init__(self, market, redis):',
        '        self.place = market.place',
        '        self.redis = redis',
        '',
        '    def lock(self, task_id: str):',
        '        return self.redis.lock(f"bid:{task_id}", timeout=30)',
      ),
    },
  },
  6: {
    message: 'Store what was learnt later, not while a task waits',
    edits: [
      {
        file: 'executor.py',
        from: 'await self.vectors.store(task.id, result)',
        to: 'self.vectors.store_later(task.id, result)',
      },
    ],
    files: {
      'distillation.py': lines(
        'class Distillation:',
        '    """A vector store that takes new texts when it has time."""',
        '',
        '    def __init__(self, vectors):',
        '        self.search = vectors.search',
        '        self.waiting = []',
        '',
        '    def store_later(self, task_id: str, text: str) -> None:',
        '        self.waiting.append((task_id, text))',
      ),
    },
  },
  5: {
    message: 'Compose a task of its parts',
    edits: [
      { file: 'task.py', from: '    text: str\n', to: '    text: Text\n' },
      { file: 'task.py', from: 'text.strip(), int', to: 'Text(text.strip()), int' },
      {
        file: 'task.py',
        from: lines('from dataclasses import dataclass'),
        to: lines('from dataclasses import dataclass', '', 'from task_parts import Text'),
      },
      { file: 'test_task.py', from: '"translate a page"', to: 'Text("translate a page")' },
      {
        file: 'test_task.py',
        from: lines('from task import Task'),
        to: lines('from task import Task', 'from task_parts import Text'),
      },
      { file: 'executor.py', from: 'search(task.text)', to: 'search(task.text.source)' },
      { file: 'executor.py', from: 'result = task.text\n', to: 'result = task.text.source\n' },
    ],
    files: {
      'task_parts.py': lines(
        'from dataclasses import dataclass',
        '',
        '',
        '@dataclass(frozen=True)',
        'class Text:',
        '    source: str',
      ),
    },
  },
  4: {
    message: 'Close the page, whatever happens to the scan',
    edits: [
      {
        file: 'market_scanner.py',
        from: lines(
          '        page = await self.browser.new_page()',
          '        await page.goto(self.market.address)',
          '        rows = await page.query_selector_all(".task")',
          '        tasks = [Task.from_row(await row.inner_text()) for row in rows]',
          '        await page.close()',
          '        return tasks',
        ),
        to: lines(
          '        async with self.browser.page() as page:',
          '            await page.goto(self.market.address)',
          '            rows = await page.query_selector_all(".task")',
          '            return [Task.from_row(await row.inner_text()) for row in rows]',
        ),
      },
    ],
    files: {
      'browser_pool.py': lines(
        'from contextlib import asynccontextmanager',
        '',
        '',
        'class BrowserPool:',
        '    """A browser whose pages are closed again, each by whoever opened it."""',
        '',
        '    def __init__(self, browser):',
        '        self.browser = browser',
        '',
        '    @asynccontextmanager',
        '    async def page(self):',
        '        page = await self.browser.new_page()',
        '        try:',
        '            yield page',
        '        finally:',
        '            await page.close()',
      ),
    },
  },
};

function lines(...text: readonly string[]): string {
  return `${text.join('\n')}\n`;
}
